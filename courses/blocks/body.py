"""What a lesson is made of. The child names are the keys of the canonical form (`docs/content.md`)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .bilingual import LongPairBlock, PairBlock
from .figure import FigureBlock
from .library import AudioBlock, DocumentBlock, ImageBlock, VideoBlock
from .sourced import Sourced
from .words import ListOfTextsBlock, QuoteBlock, TermBlock


class HeadingBlock(Sourced):
    level = blocks.ChoiceBlock(choices=[("2", "2"), ("3", "3")], default="2", label=_("level"))
    id = blocks.RegexBlock(r"^[a-z0-9-]+$", label=_("anchor, the same in both languages"))
    en = blocks.CharBlock(label=_("English"), required=False)
    es = blocks.CharBlock(label=_("Spanish"), required=False)


class ProseBlock(Sourced):
    en = blocks.TextBlock(label=_("English"), required=False, rows=6)
    es = blocks.TextBlock(label=_("Spanish"), required=False, rows=6)


class CalloutBlock(Sourced):
    tone = blocks.ChoiceBlock(
        choices=[("safety", _("safety")), ("law", _("law")), ("tip", _("tip"))], default="tip", label=_("tone")
    )
    title = PairBlock(label=_("title"))
    text = LongPairBlock(label=_("text"))


class TableBlock(Sourced):
    caption = PairBlock(label=_("caption"))
    header = blocks.ListBlock(PairBlock(), label=_("column headings"))
    rows = blocks.ListBlock(blocks.ListBlock(PairBlock()), label=_("rows"))


class StepsBlock(Sourced):
    title = PairBlock(label=_("title"))
    steps = blocks.ListBlock(LongPairBlock(), label=_("steps"))


class ExampleBlock(Sourced):
    title = PairBlock(label=_("title"))
    situation = LongPairBlock(label=_("situation"))
    reasoning = blocks.ListBlock(LongPairBlock(), label=_("reasoning"))
    result = LongPairBlock(label=_("result"))


class ChoiceBlock(blocks.StructBlock):
    text = LongPairBlock(label=_("text"))
    to = blocks.CharBlock(label=_("leads to step"))
    consequence = LongPairBlock(label=_("consequence"))


class NodeBlock(blocks.StructBlock):
    id = blocks.CharBlock(label=_("step"))
    text = LongPairBlock(label=_("text"))
    choices = blocks.ListBlock(ChoiceBlock(), label=_("choices"), default=[])


class ScenarioBlock(Sourced):
    id = blocks.RegexBlock(r"^[a-z0-9-]+$", label=_("identifier"))
    title = PairBlock(label=_("title"))
    opening = LongPairBlock(label=_("opening"))
    start = blocks.CharBlock(label=_("first step"))
    nodes = blocks.ListBlock(NodeBlock(), label=_("steps"))
    debrief = LongPairBlock(label=_("debriefing"))


class CheckOptionBlock(blocks.StructBlock):
    letter = blocks.CharBlock(label=_("letter"), max_length=1)
    en = blocks.TextBlock(label=_("English"), required=False, rows=2)
    es = blocks.TextBlock(label=_("Spanish"), required=False, rows=2)
    feedback = LongPairBlock(label=_("feedback"))


class CheckBlock(Sourced):
    id = blocks.RegexBlock(r"^[a-z0-9-]+$", label=_("identifier"))
    stem = LongPairBlock(label=_("question"))
    options = blocks.ListBlock(CheckOptionBlock(), label=_("options"))
    key = blocks.CharBlock(label=_("letter of the right option"), max_length=1)


class NationalBlock(Sourced):
    us = LongPairBlock(label=_("United States"))
    mx = LongPairBlock(label=_("Mexico"))


class SummaryBlock(Sourced):
    title = PairBlock(label=_("title"))
    points = blocks.ListBlock(LongPairBlock(), label=_("points"))


TEXT, MEDIA, PRACTICE = _("Text"), _("Pictures, media and documents"), _("Practice and examples")


class LessonBody(blocks.StreamBlock):
    """Everything that may stand in a lesson, in reading order."""

    heading = HeadingBlock(label=_("heading"), icon="title", group=TEXT)
    prose = ProseBlock(label=_("prose"), icon="pilcrow", group=TEXT)
    list = ListOfTextsBlock(label=_("list"), icon="list-ul", group=TEXT)
    steps = StepsBlock(label=_("steps"), icon="list-ol", group=TEXT)
    callout = CalloutBlock(label=_("callout"), icon="warning", group=TEXT)
    quote = QuoteBlock(label=_("quote with source"), icon="openquote", group=TEXT)
    term = TermBlock(label=_("glossary term"), icon="tag", group=TEXT)
    table = TableBlock(label=_("table"), icon="table", group=TEXT)
    national = NationalBlock(label=_("each country's rules"), icon="globe", group=TEXT)
    summary = SummaryBlock(label=_("summary"), icon="check", group=TEXT)
    image = ImageBlock(label=_("picture"), icon="image", group=MEDIA)
    figure = FigureBlock(label=_("figure"), icon="view", group=MEDIA)
    video = VideoBlock(label=_("video"), icon="media", group=MEDIA)
    audio = AudioBlock(label=_("audio"), icon="media", group=MEDIA)
    document = DocumentBlock(label=_("document"), icon="doc-full", group=MEDIA)
    example = ExampleBlock(label=_("worked example"), icon="clipboard-list", group=PRACTICE)
    scenario = ScenarioBlock(label=_("case with branches"), icon="redirect", group=PRACTICE)
    check = CheckBlock(label=_("check yourself"), icon="tick-inverse", group=PRACTICE)
