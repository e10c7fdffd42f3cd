"""The blocks of a lesson. Each holds both languages, side by side; a value has the shape of its canonical form."""

from .bilingual import LongPairBlock, PairBlock
from .body import LessonBody
from .options import OptionStream

__all__ = ["LessonBody", "LongPairBlock", "OptionStream", "PairBlock"]
