"""The blocks of a lesson. Each holds both languages, side by side; a value has the shape of its canonical form."""

from .bilingual import LongPairBlock, PairBlock
from .body import LessonBody
from .exercise import StepStream
from .options import OptionStream
from .parts import DistractorStream, GapStream, MatchStream, RegionStream

__all__ = [
    "DistractorStream",
    "GapStream",
    "LessonBody",
    "LongPairBlock",
    "MatchStream",
    "OptionStream",
    "PairBlock",
    "RegionStream",
    "StepStream",
]
