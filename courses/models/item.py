"""An item: one question of the bank, in both languages, with revisions."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import LockableMixin, PreviewableMixin, RevisionMixin
from wagtail.search import index

from people.bilingual import active, pick

from ..blocks import DistractorStream, GapStream, MatchStream, OptionStream, RegionStream
from ..panels import MendingPanel, ParityPanel, pair_panel
from .bank import ItemCategory, ItemScenario
from .drafts import FollowedDrafts


class ItemTag(TaggedItemBase):
    """A free word on an item."""

    content_object = ParentalKey("courses.Item", on_delete=models.CASCADE, related_name="tagged_items")


class Item(FollowedDrafts, PreviewableMixin, LockableMixin, RevisionMixin, index.Indexed, ClusterableModel):
    """A question. What an attempt is marked against is never this row but its frozen revision."""

    class Kind(models.TextChoices):
        SINGLE = "single", _("one right option")
        MULTIPLE = "multiple", _("several right options")
        TRUE_FALSE = "true_false", _("true or false")
        NUMERIC = "numeric", _("a number")
        MATCHING = "matching", _("matching")
        ORDERING = "ordering", _("putting in order")
        GAP = "gap", _("filling the gaps")
        HOTSPOT = "hotspot", _("a place on a picture")

    class Level(models.TextChoices):
        REMEMBER = "remember", _("remember")
        APPLY = "apply", _("apply")
        DECIDE = "decide", _("decide")

    class Difficulty(models.TextChoices):
        EASY = "easy", _("easy")
        MEDIUM = "medium", _("medium")
        HARD = "hard", _("hard")

    code = models.SlugField(_("code"), unique=True, max_length=40)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.SINGLE)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, default=Level.REMEMBER)
    difficulty = models.CharField(_("difficulty"), max_length=8, choices=Difficulty.choices, blank=True)
    outcome = models.CharField(
        _("outcome of the course"),
        max_length=4,
        blank=True,
        validators=[RegexValidator(r"^O[1-9]\d?$", _("Write the letter O and the number of the outcome, such as O2."))],
        help_text=_("Which outcome of its course it serves, such as O2 for the second one."),
    )
    category = models.ForeignKey(
        ItemCategory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("category"),
    )
    scenario = models.ForeignKey(
        ItemScenario,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("scenario"),
        help_text=_("A common text that stands before this item and before others."),
    )
    tags = ClusterTaggableManager(through=ItemTag, blank=True, verbose_name=_("tags"))
    lesson_codes = models.JSONField(_("lessons"), default=list, blank=True)
    stem_en = models.TextField(_("question in English"), blank=True)
    stem_es = models.TextField(_("question in Spanish"), blank=True)
    options = StreamField(OptionStream(required=False), blank=True, verbose_name=_("options"))
    number_answer = models.DecimalField(_("right number"), max_digits=14, decimal_places=4, null=True, blank=True)
    number_tolerance = models.DecimalField(
        _("tolerance"), max_digits=14, decimal_places=4, default=0, validators=[MinValueValidator(0)]
    )
    pairs = StreamField(MatchStream(required=False), blank=True, default=list, verbose_name=_("pairs"))
    distractors = StreamField(
        DistractorStream(required=False), blank=True, default=list, verbose_name=_("further right sides")
    )
    gaps = StreamField(GapStream(required=False), blank=True, default=list, verbose_name=_("gaps"))
    image = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    alt_en = models.TextField(_("picture in words in English"), blank=True)
    alt_es = models.TextField(_("picture in words in Spanish"), blank=True)
    shows_text = models.BooleanField(
        _("the picture shows words"),
        default=False,
        help_text=_("Then write them below as well, for whoever cannot read them in the picture."),
    )
    picture_text_en = models.TextField(_("words in the picture, in English"), blank=True)
    picture_text_es = models.TextField(_("words in the picture, in Spanish"), blank=True)
    regions = StreamField(RegionStream(required=False), blank=True, default=list, verbose_name=_("places"))
    rationale_en = models.TextField(_("rationale in English"), blank=True)
    rationale_es = models.TextField(_("rationale in Spanish"), blank=True)

    panels = [
        ParityPanel(),
        MendingPanel(),
        FieldRowPanel([FieldPanel("code"), FieldPanel("kind")]),
        FieldRowPanel([FieldPanel("level"), FieldPanel("difficulty"), FieldPanel("outcome")]),
        FieldRowPanel([FieldPanel("category"), FieldPanel("scenario")]),
        FieldPanel("tags"),
        pair_panel(
            "stem",
            _("Question"),
            help_text=_("In a question with gaps, {1} and {2} say where they are, in both languages."),
        ),
        FieldPanel("options", classname="for-kind for-single for-multiple for-true_false for-ordering"),
        FieldRowPanel([FieldPanel("number_answer"), FieldPanel("number_tolerance")], classname="for-kind for-numeric"),
        FieldPanel("pairs", classname="for-kind for-matching"),
        FieldPanel("distractors", classname="for-kind for-matching"),
        FieldPanel("gaps", classname="for-kind for-gap"),
        MultiFieldPanel(
            [
                FieldPanel("image"),
                pair_panel("alt", _("Alternative text")),
                FieldPanel("shows_text"),
                pair_panel("picture_text", _("Words in the picture")),
            ],
            heading=_("Picture"),
            classname="for-kind for-hotspot",
        ),
        FieldPanel("regions", classname="for-kind for-hotspot"),
        pair_panel("rationale", _("Rationale")),
    ]
    search_fields = [
        index.SearchField("stem_en"),
        index.SearchField("stem_es"),
        *[index.FilterField(name) for name in ("code", "kind", "level", "difficulty", "outcome", "category")],
    ]
    preview_modes = [("en", "English"), ("es", "Español")]

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        ordering = ["code"]

    def clean(self) -> None:
        """Refuse what could not be answered or marked, each fault at its field."""
        super().clean()
        faults = import_string("courses.item_faults.faults_of")(import_string("courses.freezing.item_content")(self))
        if faults:
            by_field: dict[str, list[str]] = {}
            for fault in faults:
                by_field.setdefault(fault.field, []).append(fault.sentence)
            raise ValidationError(by_field)

    @property
    def stem(self) -> str:
        return pick(self, "stem")

    @property
    def default_preview_mode(self) -> str:
        return active()

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        """The item in the language of the mode, whatever the language of the administration."""
        with override(mode_name):
            request.LANGUAGE_CODE = mode_name
            return super().serve_preview(request, mode_name).render()

    def get_preview_template(self, request: object, mode_name: str) -> str:
        return "courses/item_preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        item_context = import_string("courses.preview.item_context")
        return {**super().get_preview_context(request, mode_name), **item_context(self)}

    def __str__(self) -> str:
        return self.code
