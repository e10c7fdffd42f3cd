"""The table with one row for each seat of an officer in a session."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from curricula.models import Enrollment, SessionPlace
from curricula.session_selectors import attendance_rows

from ..snapshots.schema import Column, Table
from .officers import who_columns
from .officers_read import Reading
from .shape import DEMONSTRATION, Filled, Row, Stream

PORTION = 500
STATES = ("planned", "held")
MARKS = ("not recorded", *SessionPlace.Attendance.values)
"""Stable codes; the code book says what they mean."""


def attendance_table(reading: Reading) -> Filled:
    """In the order of officers and sessions, without canceled sessions. One statement a portion."""
    columns = (
        *who_columns(reading),
        Column("course", "text", "Course", "Curso"),
        Column("session", "text", "Session", "Sesión"),
        Column("starts_at", "moment", "Session begins", "Inicio de la sesión"),
        Column("session_minutes", "count", "Minutes of the session", "Minutos de la sesión"),
        Column("session_state", "code", "State of the session", "Estado de la sesión", STATES),
        Column("attendance", "code", "Attendance", "Asistencia", MARKS),
        Column("minutes", "count", "Minutes present", "Minutos de asistencia"),
        DEMONSTRATION,
    )
    is_demo = int(reading.cohort.is_demo)

    def rows() -> Iterator[Row]:
        for portion in reading.portions(PORTION):
            found: dict[int, list[dict[str, Any]]] = defaultdict(list)
            for seat in attendance_rows(Enrollment.objects.filter(pk__in=[officer.pk for officer in portion])):
                found[seat["enrollment"]].append(seat)
            for officer in portion:
                who = reading.who(officer)
                for seat in found[officer.pk]:
                    length = round((seat["ends_at"] - seat["starts_at"]).total_seconds() / 60)
                    yield (
                        *who, seat["course"], str(seat["session_uid"]), seat["starts_at"], length,
                        seat["session_state"], seat["attendance"] or MARKS[0],
                        seat["minutes"] if seat["attendance"] else None, is_demo,
                    )  # fmt: skip

    table = Table("attendance", "Attendance in sessions", "Asistencia a las sesiones", columns)
    return Filled(table, Stream(rows))
