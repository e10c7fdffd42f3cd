"""Blocks that show a file of the library: pictures, sounds, films, documents. Their words are pairs like all others."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from people.uploads.media import FILM_ENDINGS, MEDIA_ENDINGS, SOUND_ENDINGS

from ..captions import fault_in
from .bilingual import LongPairBlock, PairBlock
from .sourced import Sourced


class _FileBlock(DocumentChooserBlock):  # type: ignore[misc]
    """A file of the library of documents of the kinds that fit. The library has judged it by its content."""

    endings: frozenset[str]

    def fits(self, ending: str) -> bool:
        return ending in self.endings

    def clean(self, value: Any) -> Any:
        document = super().clean(value)
        if document and not self.fits(PurePath(document.filename).suffix.lower().removeprefix(".")):
            message = _("“%(name)s” is of another kind. Choose a file that ends in %(endings)s.")
            known = ", ".join(sorted(self.endings))
            raise ValidationError(message % {"name": document.filename, "endings": known})
        return document


class SoundChooserBlock(_FileBlock):
    endings = SOUND_ENDINGS


class FilmChooserBlock(_FileBlock):
    endings = FILM_ENDINGS


class PaperChooserBlock(_FileBlock):
    """Whatever is read and not played."""

    endings = frozenset({"csv", "docx", "odp", "ods", "odt", "pdf", "pptx", "txt", "xlsx"})

    def fits(self, ending: str) -> bool:
        return ending not in MEDIA_ENDINGS


class CaptionsBlock(blocks.StructBlock):
    """What is said and heard, with its times, in English and in Spanish: the content of two WebVTT files."""

    en = blocks.TextBlock(label=_("English"), required=False, rows=8)
    es = blocks.TextBlock(label=_("Spanish"), required=False, rows=8)

    class Meta:
        form_classname = "pair"
        help_text = _(
            "Paste the content of a WebVTT file: the line WEBVTT, an empty line, and then for each caption a line with "
            "its times, such as 00:01.000 --> 00:04.500, and below it what is said. Sounds that matter stand in [ ]."
        )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        faults = {language: fault_in(cleaned[language]) for language in ("en", "es") if cleaned[language]}
        errors = {language: ValidationError(fault.sentence) for language, fault in faults.items() if fault}
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned


class ImageBlock(Sourced):
    """A picture. Its alternative text is asked for before the lesson can be proposed."""

    image = ImageChooserBlock(label=_("picture"), required=False)
    alt = LongPairBlock(
        label=_("alternative text"),
        help_text=_("What the picture shows, for whoever does not see it. Both languages are needed."),
    )
    caption = PairBlock(label=_("caption"))
    credit = PairBlock(label=_("credit"), help_text=_("Whose picture it is, and under which licence it is shown."))


class _MediumBlock(Sourced):
    """A sound or a film. Transcripts, and for a film captions, are asked for before the lesson can be proposed."""

    title = PairBlock(label=_("title"))
    captions = CaptionsBlock(label=_("captions"))
    transcript = LongPairBlock(
        label=_("transcript"),
        help_text=_("Everything that is said and heard, and in a film what is to be seen, for whoever reads instead."),
    )
    credit = PairBlock(label=_("credit"))


class AudioBlock(_MediumBlock):
    medium = SoundChooserBlock(label=_("audio file (MP3, M4A or Ogg, up to 30 MB)"), required=False)
    first = ("medium",)


class VideoBlock(_MediumBlock):
    medium = FilmChooserBlock(label=_("video file (MP4 or WebM, up to 30 MB)"), required=False)
    poster = ImageChooserBlock(label=_("picture that is shown before it plays"), required=False)
    first = ("medium", "poster")


class DocumentBlock(Sourced):
    """A document to download."""

    document = PaperChooserBlock(label=_("document"), required=False)
    title = PairBlock(label=_("title"))
