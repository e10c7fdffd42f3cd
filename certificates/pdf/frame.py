"""Where on a page everything stands: the live area, the same on both papers. Pure."""

from __future__ import annotations

from dataclasses import dataclass

LIVE_W, LIVE_H = 690.0, 508.0  # the live area fits both papers, so that one layout serves both


@dataclass(frozen=True, slots=True)
class Frame:
    """The live area, centred on the page; `y(t)` is `t` points below its top."""

    page: tuple[float, float]

    @property
    def left(self) -> float:
        return (self.page[0] - LIVE_W) / 2

    @property
    def right(self) -> float:
        return self.left + LIVE_W

    @property
    def middle(self) -> float:
        return self.page[0] / 2

    def y(self, t: float) -> float:
        return (self.page[1] + LIVE_H) / 2 - t
