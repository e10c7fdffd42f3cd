"""Forms of the program managers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.selectors import LearningObject
from people.models import User
from people.own_side import OwnSideForm
from people.uploads import Kind, UploadRefused, check_upload

from .access import rounds_visible_to
from .models import CurriculumEdition

MAX_RENDERINGS_BYTES = 5 * 1024 * 1024


class CohortForm(OwnSideForm):
    """A cohort of the own Participant, or a joint one, that follows the edition published now."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edition = self.fields.get("edition")
        if edition:
            published = CurriculumEdition.objects.filter(state=CurriculumEdition.State.PUBLISHED)
            own = CurriculumEdition.objects.filter(pk=self.instance.edition_id)
            edition.queryset = (published | own).select_related("curriculum")
        if "seats" in self.fields:
            self.fields["seats"].required = False
        if "round" in self.fields:
            self.fields["round"].queryset = rounds_visible_to(self.for_user)

    def clean_seats(self) -> int:
        """Left empty, there is no limit."""
        return self.cleaned_data["seats"] or 0


class ParityFilter(forms.Form):
    """Which learning objects the parity board shows."""

    state = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[("", _("everything")), ("open", _("what is open")), ("missing", _("what is missing")),
                 ("stale", _("what is stale"))],
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("To do in"),
        required=False,
        choices=[("", _("either language")), ("en", _("English")), ("es", _("Spanish"))],
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("all kinds")), ("course", _("courses")), ("lesson", _("lessons")), ("quiz", _("quizzes")),
                 ("exercise", _("practical exercises")), ("item", _("items"))],
    )  # fmt: skip
    course = forms.ChoiceField(label=_("Course"), required=False)
    owner = forms.ChoiceField(label=_("Owner"), required=False)

    def __init__(self, *args: Any, things: list[LearningObject], reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = {str(thing.owner.pk): thing.owner.full_name for thing in things if thing.owner}
        owners.pop(str(reader.pk), None)
        whose = [("", _("anybody")), (str(reader.pk), _("me")), ("nobody", _("nobody yet"))]
        self.fields["owner"].choices = [*whose, *sorted(owners.items(), key=lambda owner: owner[1])]  # type: ignore[attr-defined]
        courses = [(thing.code, f"{thing.code} · {thing.title}") for thing in things if thing.kind == "course"]
        self.fields["course"].choices = [("", _("all courses")), *courses]  # type: ignore[attr-defined]

    def lets_through(self, thing: LearningObject) -> bool:
        """Whether the board shows it; a filter that is not understood shows nothing."""
        if not self.is_valid():
            return False
        asked = self.cleaned_data
        owner = str(thing.owner.pk) if thing.owner else "nobody"
        return (
            asked["kind"] in {"", thing.kind}
            and asked["course"] in {"", thing.course.code}
            and asked["owner"] in {"", owner}
            and self._has_such_pairs(thing, asked["state"], asked["language"])
        )

    def _has_such_pairs(self, thing: LearningObject, state: str, language: str) -> bool:
        if not state and not language:
            return True
        return any(
            language in {"", pair.language} and (state in {"", "open"} or pair.state.startswith(state))
            for pair in thing.open_pairs
        )


class RenderingsForm(forms.Form):
    """A PO file that comes back."""

    file = forms.FileField(
        label=_("Rendered file (PO)"),
        widget=forms.FileInput(attrs={"accept": ".po,.txt,text/x-gettext-translation"}),
        error_messages={"required": _("Choose a file first.")},
    )

    def clean_file(self) -> Any:
        """Refuse what is no text, judged by its bytes, or too large."""
        file = self.cleaned_data["file"]
        try:
            check_upload(file, kinds={Kind.TEXT}, most_bytes=MAX_RENDERINGS_BYTES, is_kept=False)
        except UploadRefused as refusal:
            raise forms.ValidationError(str(refusal), code=refusal.reason) from None
        return file


class ReviewForm(forms.Form):
    """What was found in a source today, and by when it is looked at again."""

    reason = forms.CharField(
        label=_("What you found"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One sentence, such as “no later edition”. It is kept with your name."),
        error_messages={"required": _("Say in one sentence what you found.")},
    )
    due_on = forms.DateField(
        label=_("Review again by"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    alike = forms.BooleanField(label=_("Also where other lessons cite it in the same words"), required=False)
