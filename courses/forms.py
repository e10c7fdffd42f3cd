"""Forms of authors, of managers who accommodate, and of readers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import User

from .interchange.decoding import MOST_BYTES
from .interchange.questions import Remark
from .models import Accommodation, Item, ItemCategory, QuizPage
from .question_messages import sentence


class ImportForm(forms.Form):
    """A file of questions to look at. Its size is judged before a byte is read."""

    file = forms.FileField(
        label=_("File of questions"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".txt,.gift,.xml,text/plain,text/xml,application/xml"}),
        error_messages={"required": _("Choose a file first.")},
    )
    language = forms.ChoiceField(label=_("Language of the file"), choices=User.Language.choices)
    category = forms.ModelChoiceField(
        label=_("Category of new items"), queryset=ItemCategory.objects.all(), to_field_name="code", required=False
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            why = Remark("too_large", {"megabytes": MOST_BYTES // 1024 // 1024})
            raise forms.ValidationError(sentence(why), code=why.code)
        return file


class ApplyForm(forms.Form):
    """With what the file that was shown is applied."""

    language = forms.ChoiceField(choices=User.Language.choices)
    category = forms.ModelChoiceField(queryset=ItemCategory.objects.all(), to_field_name="code", required=False)


class ExportForm(forms.Form):
    """Which items leave, and how."""

    category = forms.ModelChoiceField(label=_("Category"), queryset=ItemCategory.objects.all(), required=False)
    quiz = forms.ModelChoiceField(label=_("Quiz"), queryset=QuizPage.objects.all(), required=False)
    file_format = forms.ChoiceField(label=_("Format"), choices=[("gift", "GIFT"), ("moodle_xml", "Moodle XML")])
    languages = forms.ChoiceField(
        label=_("Languages"), choices=[("both", _("both, marked in the texts")), ("en", "English"), ("es", "Español")]
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("category")) == bool(cleaned.get("quiz")):
            raise forms.ValidationError(_("Choose either a category or a quiz."), code="one_source")
        return cleaned

    def items(self) -> Any:
        """The items that were chosen."""
        quiz = self.cleaned_data["quiz"]
        if quiz:
            return Item.objects.filter(pk__in=quiz.quiz_items.values("item_id"))
        return Item.objects.filter(category=self.cleaned_data["category"])


class AccommodationForm(forms.ModelForm[Accommodation]):
    """What an officer is granted. There is no field for why: that is not kept."""

    class Meta:
        model = Accommodation
        fields = ("extra_time_percent", "breaks_allowed", "break_minutes", "until_on")
        labels = {
            "extra_time_percent": _("More time, in percent of the time limit"),
            "breaks_allowed": _("Breaks in an attempt"),
            "break_minutes": _("Longest break, in minutes"),
            "until_on": _("Holds until"),
        }
        help_texts = {
            "extra_time_percent": _("From 0 to 200. With 50, thirty minutes become forty-five."),
            "breaks_allowed": _("From 0 to 10. The clock stands during a break."),
            "break_minutes": _("From 0 to 60."),
        }
        widgets = {"until_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("breaks_allowed")) != bool(given.get("break_minutes")):
            self.add_error(
                "break_minutes", _("Say both how many breaks there are and how long one may be, or write 0 in both.")
            )
        elif not given.get("breaks_allowed") and not given.get("extra_time_percent") and not self.errors:
            raise forms.ValidationError(
                _("This grants nothing. Write more time or breaks, or take the accommodation back."), code="nothing"
            )
        return given
