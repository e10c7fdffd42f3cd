"""The figures of the peer and the goals, as `docs/bench.md` lists them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

WORKLOADS = ("A", "B", "C", "C'", "C''", "D", "E")
PEER = "Moodle 4.5.5"


@dataclass(frozen=True, slots=True)
class Against:
    """What a figure is held against: the peer's, as published and at its best, and the goal."""

    peer: str = ""
    best: float | None = None
    goal: str = ""
    limit: float | None = None


@dataclass(frozen=True, slots=True)
class Yardstick:
    """One line of the table. `by_officers` holds what depends on the number of officers."""

    workload: str
    what: Any
    unit: Any
    digits: int = 1
    more_is_better: bool = False
    always: Against = Against()
    by_officers: dict[int, Against] = field(default_factory=dict)

    def against(self, officers: int) -> Against:
        return self.by_officers.get(officers, self.always)


_PROGRESS = {1500: Against("1.1", 1.1, "≤ 0.3", 0.3), 15000: Against("17.5", 17.5, "≤ 2", 2.0)}
_MARKS = {1500: Against("0.12", 0.12, "≤ 0.12", 0.12), 15000: Against("0.64", 0.64, "≤ 0.64", 0.64)}
_ROSTER = {1500: Against("26.7", 26.7, "≤ 1", 1.0), 15000: Against("218", 218.0, "≤ 8", 8.0)}

_READS = _("queries: reads + writes")
_CPU = _("server CPU")
_ROWS = _("rows in the file")
_MEMORY = _("peak memory of the server")
_CLIENT = _("CPU of the client, not counted")
_WALL = _("duration")

YARDSTICKS: dict[str, Yardstick] = {
    "A.cpu": Yardstick("A", _CPU, _("ms a page"), 2, always=Against("63 (57)", 57.0, "≤ 5", 5.0)),
    "A.rate": Yardstick("A", _("throughput"), _("pages/s"), 0, True, Against("27–34", 34.0, "≥ 300", 300.0)),
    "A.p95": Yardstick("A", _("p95 of a page"), "ms"),
    "A.client": Yardstick("A", _CLIENT, _("ms a page"), 2),
    "A.queries": Yardstick("A", _READS, _("a page"), 0, always=Against("53–56 + 4–6", 57.0)),
    "B.cpu": Yardstick("B", _CPU, _("ms a flow"), 1, always=Against("445", 445.0, "≤ 30", 30.0)),
    "B.rate": Yardstick("B", _("throughput"), _("flows/s"), 1, True, Against("3.5–4.6", 4.6, "≥ 50", 50.0)),
    "B.p95": Yardstick("B", _("p95 of handing in"), "ms", 0, always=Against("364–695", 364.0, "≤ 60", 60.0)),
    "B.client": Yardstick("B", _CLIENT, _("ms a flow"), 1),
    "B.queries": Yardstick("B", _READS, _("a flow"), 0),
    "C.wall": Yardstick("C", _WALL, "s", 2, by_officers=_PROGRESS),
    "C.cpu": Yardstick("C", _CPU, _("ms a file"), 0, by_officers={15000: Against("14,700", 14700.0)}),
    "C.rows": Yardstick("C", _ROWS, _("rows"), 0),
    "C.memory": Yardstick("C", _MEMORY, "MB", 0),
    "C.bytes": Yardstick("C", _("size, gzipped"), "KB", 0),
    "C.queries": Yardstick("C", _READS, _("a file"), 0),
    "C'.wall": Yardstick("C'", _WALL, "s", 2, by_officers=_MARKS),
    "C'.cpu": Yardstick("C'", _CPU, _("ms a file"), 0),
    "C'.rows": Yardstick("C'", _ROWS, _("rows"), 0),
    "C'.memory": Yardstick("C'", _MEMORY, "MB", 0),
    "C'.bytes": Yardstick("C'", _("size, gzipped"), "KB", 0),
    "C'.queries": Yardstick("C'", _READS, _("a file"), 0),
    "C''.wall": Yardstick(
        "C''", _WALL, "s", 3,
        always=Against(goal="≤ 0.3", limit=0.3), by_officers={1500: Against("2.4", 2.4, "≤ 0.3", 0.3)},
    ),
    "C''.cpu": Yardstick("C''", _CPU, _("ms a page"), 0),
    "C''.memory": Yardstick("C''", _MEMORY, "MB", 0),
    "C''.bytes": Yardstick(
        "C''", _("size, not gzipped"), "KB", 0,
        always=Against(goal="≤ 300", limit=300.0), by_officers={1500: Against("7,800", 7800.0, "≤ 300", 300.0)},
    ),
    "C''.queries": Yardstick("C''", _READS, _("a page"), 0),
    "D.wall": Yardstick("D", _("duration of the process"), "s", 2, by_officers=_ROSTER),
    "D.cpu": Yardstick("D", _("CPU of the process"), "s", 2),
    "D.rows": Yardstick("D", _("rows applied"), _("rows"), 0),
    "D.memory": Yardstick("D", _("peak memory of the process"), "MB", 0),
    "E.rate": Yardstick("E", _("one process"), _("certificates/s"), 0, True, Against("3.0", 3.0)),
    "E.core": Yardstick(
        "E", _("one process, per core"), _("certificates/s"), 0, True, Against("3.0", 3.0, "≥ 100", 100.0)
    ),
    "E.cpu": Yardstick("E", _("one process, CPU"), _("ms a certificate"), 2, always=Against(goal="≤ 10", limit=10.0)),
    "E.reportlab": Yardstick("E", _("reportlab alone, each file anew, CPU"), _("ms a certificate"), 2),
    "E.reportlab_code": Yardstick("E", _("the same with a square code, CPU"), _("ms a certificate"), 2),
    "E.reportlab_signed": Yardstick("E", _("the same with a code and signed, CPU"), _("ms a certificate"), 2),
    "E.worker": Yardstick(
        "E", _("whole job in the worker"), "s", 1, by_officers={1500: Against("500", 500.0, "≤ 15", 15.0)}
    ),
    "E.worker_cpu": Yardstick("E", _("whole job in the worker, CPU"), "s", 1),
}  # fmt: skip
