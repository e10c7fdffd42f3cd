"""The person who signs in: an officer, an author, a manager."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from .. import clock
from .agency import Agency, Office, Participant


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A person with an e-mail address; without a password only an invitation or a code lets them in."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """The operator who sets the installation up."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]  # of what Wagtail lets a person lock
    """One person. Two surnames are two fields; names are kept as the person writes them."""

    class Language(models.TextChoices):
        EN = "en", _("English")
        ES = "es", _("Spanish")

    email = models.EmailField(_("e-mail"), unique=True)
    given_names = models.CharField(_("given names"), max_length=120)
    surname_1 = models.CharField(_("first surname"), max_length=80)
    surname_2 = models.CharField(_("second surname"), max_length=80, blank=True)
    officer_number = models.CharField(_("officer number"), max_length=40, blank=True)
    participant = models.ForeignKey(
        Participant,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("Participant"),
        related_name="people",
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("agency"), related_name="people"
    )
    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("office"), related_name="people"
    )
    position = models.CharField(_("position"), max_length=120, blank=True)
    supervisor = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("supervisor"),
        related_name="supervised",
    )
    preferred_language = models.CharField(
        _("preferred language"), max_length=2, choices=Language.choices, default=Language.EN
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_demo = models.BooleanField(_("demonstration data"), default=False)
    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["given_names", "surname_1"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["surname_1", "surname_2", "given_names"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_person_per_email",
                violation_error_message=_("Somebody has this e-mail address already. Use another address."),
            ),
            models.UniqueConstraint(
                fields=["agency", "officer_number"],
                condition=~Q(officer_number=""),
                name="one_person_per_officer_number",
                violation_error_message=_("This agency already has an officer with this number. Check the number."),
            ),
            models.CheckConstraint(
                condition=Q(supervisor__isnull=True) | ~Q(supervisor=models.F("id")),
                name="nobody_supervises_themself",
                violation_error_message=_("Nobody is their own supervisor. Choose another person."),
            ),
        ]

    @property
    def full_name(self) -> str:
        """Given names and both surnames, as written on a certificate."""
        return " ".join(part for part in (self.given_names, self.surname_1, self.surname_2) if part)

    @property
    def sorting_name(self) -> str:
        """Surnames first, for lists."""
        surnames = " ".join(part for part in (self.surname_1, self.surname_2) if part)
        return f"{surnames}, {self.given_names}"

    @property
    def first_name(self) -> str:
        return self.given_names

    @property
    def last_name(self) -> str:
        return self.surname_1

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.given_names

    def __str__(self) -> str:
        return self.full_name
