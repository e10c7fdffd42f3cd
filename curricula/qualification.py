"""Whether instructors are qualified for a session: for its course, each of its languages, and its day."""

from __future__ import annotations

from collections.abc import Iterable

from courses.models import InstructorQualification
from people.models import User

from .models import Session


def unqualified(session: Session, people: Iterable[User]) -> list[tuple[User, str]]:
    """Who lacks a qualification, and in which language. Of a bilingual session each language needs somebody, and
    everybody teaches at least one. The day is that of the session's own zone. One query."""
    people = list(people)
    day = session.starts_at.astimezone(session.zone).date()
    found = InstructorQualification.objects.on(day).filter(course_code=session.course.code, person__in=people)
    languages: dict[int, set[str]] = {}
    for person, language in found.values_list("person", "language"):
        languages.setdefault(person, set()).add(language)
    taught = session.taught_languages
    lacking = [(person, taught[0]) for person in people if not languages.get(person.pk, set()) & set(taught)]
    covered = set().union(*languages.values()) if languages else set()
    missing = [language for language in taught if language not in covered]
    return lacking or [(people[0], language) for language in missing if people]
