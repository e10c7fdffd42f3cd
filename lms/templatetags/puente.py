"""Small parts of the look: icons, form controls, dates and shares as people write them."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from pathlib import Path

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from lms.demonstration.state import demonstration_state
from people.days import day_in_words

register = template.Library()
ICONS = Path(__file__).parent.parent / "static" / "puente" / "icons"
HEAT_STEPS = (40, 60, 75, 85, 95)


@cache
def _drawing(name: str) -> str:
    markup = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    match = re.search(r"<svg[^>]*>(.*)</svg>", markup, re.DOTALL)
    return match[1].strip() if match else ""


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """An icon of the house, inline and silent: a word stands beside it."""
    css = f"icon {classes}".strip()
    return mark_safe(f'<svg class="{css}" viewBox="0 0 24 24" aria-hidden="true">{_drawing(name)}</svg>')  # noqa: S308 (files of the house)


@cache
def _tokens() -> dict[str, str]:
    text = (ICONS.parent / "css" / "01-tokens.css").read_text(encoding="utf-8").split("@media print")[0]
    return dict(re.findall(r"--([a-z0-9-]+):\s*([^;]+);", text))


@register.simple_tag
def token(name: str) -> str:
    """The value of a token of the stylesheet, for letters: mail clients know no custom properties."""
    return _tokens()[name]


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """A form field's native control in the house look; Django ties its hint and its errors to it."""
    widget = field.field.widget
    css = "input"
    if isinstance(widget, forms.Select) and not isinstance(widget, forms.RadioSelect):
        css = "select"
    elif isinstance(widget, forms.Textarea):
        css = "area"
    elif isinstance(widget, (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)):
        css = ""
    attrs: dict[str, str | bool] = {"class": f"{widget.attrs.get('class', '')} {css}".strip()} if css else {}
    if "placeholder" in widget.attrs:
        attrs["placeholder"] = ""
    return field.as_widget(attrs=attrs)


@register.simple_tag
def is_demonstration() -> bool:
    """Whether this installation holds demonstration data; every screen says so."""
    return demonstration_state().is_demonstration


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Whether the label stands behind the control."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def is_group(field: BoundField) -> bool:
    """Whether the control is a group of radios or boxes, which a legend names."""
    return isinstance(field.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple))


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """October 9, 2026 · 9 de octubre de 2026."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date()
    return day_in_words(value)


@register.filter
def clock_time(value: dt.datetime | None) -> str:
    """`14:05 UTC`: the time of the installation, with the name of its zone."""
    return "" if value is None else f"{timezone.localtime(value):%H:%M %Z}"


@register.filter
def moment(value: dt.datetime | None) -> SafeString | str:
    """The same as an element that script turns into the reader's own time."""
    if value is None:
        return ""
    return format_html(
        '<time datetime="{}" data-clock>{}</time>',
        timezone.localtime(value).isoformat(timespec="seconds"),
        clock_time(value),
    )


@register.filter
def percent(value: object) -> str:
    """67%, in both languages; nothing for nothing."""
    return f"{float(str(value)):.0f}%" if value not in (None, "") else ""


@register.filter
def share_of(part: int, whole: int) -> int:
    """The share in whole percent; 0 of nothing is 0."""
    return round(100 * part / whole) if whole else 0


@register.filter
def thousands(value: float | str | None) -> str:
    """1,500, with a comma in both languages; a true minus before what is negative."""
    if value is None or value == "":
        return ""
    return f"{int(value):,}".replace("-", "−")


@register.filter
def less(value: int, other: int) -> int:
    """The difference of two counts."""
    return value - other


@register.filter
def heat(value: int) -> int:
    """The step of the heat scale: 0 under 40, 1 under 60, 2 under 75, 3 under 85, 4 under 95, 5 from 95 on."""
    return sum(value >= limit for limit in HEAT_STEPS)


@register.filter
def cut_words(text: str) -> list[str]:
    """The words of a text, for a loop over a few fixed codes."""
    return text.split()
