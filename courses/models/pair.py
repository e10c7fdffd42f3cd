"""Parity: whether both languages of a text stand, and against which words that was confirmed last."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from people import clock


class TextPairQuerySet(models.QuerySet["TextPair"]):
    def open(self) -> TextPairQuerySet:
        """Pairs of which one text is missing or stale."""
        return self.exclude(state=TextPair.State.CONFIRMED)


class TextPair(models.Model):
    """One text of a page or an item in both languages, as the latest draft has it.

    Rows follow from the drafts (`courses.services.parity`); what they add is memory: the two texts that were confirmed
    to say the same, by whom and why, and since when one of them lags behind. `path` stays when a block moves.
    """

    class State(models.TextChoices):
        MISSING_EN = "missing_en", _("the English is missing")
        MISSING_ES = "missing_es", _("the Spanish is missing")
        STALE_EN = "stale_en", _("the English is stale")
        STALE_ES = "stale_es", _("the Spanish is stale")
        CONFIRMED = "confirmed", _("confirmed")

    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, null=True, related_name="text_pairs", verbose_name=_("page")
    )
    item = models.ForeignKey(
        "courses.Item", on_delete=models.CASCADE, null=True, related_name="text_pairs", verbose_name=_("item")
    )
    path = models.CharField(_("place"), max_length=400)
    names = models.CharField(_("kind of place"), max_length=200)
    number = models.CharField(_("number"), max_length=60, blank=True)
    position = models.PositiveIntegerField(_("position"))
    en = models.TextField(_("English"), blank=True)
    es = models.TextField(_("Spanish"), blank=True)
    confirmed_en = models.TextField(_("English as confirmed"), blank=True)
    confirmed_es = models.TextField(_("Spanish as confirmed"), blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices)
    since = models.DateTimeField(_("since"), default=clock.now)
    since_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("made so by")
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("confirmed by")
    )
    reason = models.TextField(_("reason"), blank=True)

    objects = TextPairQuerySet.as_manager()

    class Meta:
        verbose_name = _("pair of texts")
        verbose_name_plural = _("pairs of texts")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["page", "path"], name="one_pair_per_place_of_page"),
            models.UniqueConstraint(fields=["item", "path"], name="one_pair_per_place_of_item"),
            models.CheckConstraint(
                condition=models.Q(page__isnull=True, item__isnull=False)
                | models.Q(page__isnull=False, item__isnull=True),
                name="pair_belongs_to_page_or_item",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.names} {self.number}".strip()

    @property
    def is_open(self) -> bool:
        return self.state != self.State.CONFIRMED

    @property
    def is_stale(self) -> bool:
        return self.state in {self.State.STALE_EN, self.State.STALE_ES}

    @property
    def language(self) -> str:
        """The language in which something is to be done; nothing when all is well."""
        return self.state[-2:] if self.is_open else ""

    def follow(self, *, en: str, es: str, by: Any, at: Any) -> None:
        """Take the texts of a new draft. What both sides changed counts as confirmed; so does what went back."""
        self.en, self.es = en, es
        state = self._state_now()
        if state == self.State.CONFIRMED and (en, es) != (self.confirmed_en, self.confirmed_es):
            self.confirm(by=by, at=at)
        if state != self.state:
            self.state, self.since, self.since_by = state, at, by

    def confirm(self, *, by: Any, at: Any, reason: str = "") -> None:
        """Both texts, as they are, say the same."""
        self.confirmed_en, self.confirmed_es = self.en, self.es
        self.confirmed_at, self.confirmed_by, self.reason = at, by, reason

    def _state_now(self) -> str:
        if not self.en or not self.es:
            return self.State.MISSING_ES if self.en else self.State.MISSING_EN
        if not self.confirmed_en and not self.confirmed_es:
            return self.State.CONFIRMED
        en_changed, es_changed = self.en != self.confirmed_en, self.es != self.confirmed_es
        if en_changed == es_changed:
            return self.State.CONFIRMED
        return self.State.STALE_ES if en_changed else self.State.STALE_EN


class PairConfirmation(models.Model):
    """One deed of confirming a pair: who, when, why, and which two texts. Written once; triggers keep it.

    The page or item is named by its code and the person by a number without a constraint, so that neither takes the
    history along. `place` is the pair's path, which stays when a block moves.
    """

    object_code = models.CharField(_("learning object"), max_length=40)
    place = models.CharField(_("place"), max_length=400)
    confirmed_at = models.DateTimeField(_("confirmed"), default=clock.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    reason = models.TextField(_("reason"))
    state_before = models.CharField(_("state before"), max_length=12, choices=TextPair.State.choices)
    sha256_en = models.CharField(_("SHA-256 of the English"), max_length=64)
    sha256_es = models.CharField(_("SHA-256 of the Spanish"), max_length=64)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("confirmation of a pair")
        verbose_name_plural = _("confirmations of pairs")
        ordering = ["-confirmed_at", "-pk"]
        indexes = [models.Index(fields=["object_code"], name="confirmations_of_object")]

    def __str__(self) -> str:
        return f"{self.object_code} {self.place}"
