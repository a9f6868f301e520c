"""Pieces of HTML that stand on every page, written without a template of their own each time."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from projects.slots import written

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """{% icon "menu" %}: one decorative icon of the design system, by its id there."""
    return written("_icon.html", name=name)


@register.filter
def attributes(attrs: Mapping[str, object]) -> SafeString:
    """{{ widget.attrs|attributes }}: all but the class, which the widget's template adds its own to."""
    return flatatt({name: value for name, value in attrs.items() if name != "class"})


@register.filter
def options(groups: Iterable[tuple[str | None, list[dict[str, Any]], int]]) -> SafeString:
    """{{ widget.optgroups|options }}: a list's choices, under their heading where they have one.

    A unit, a project or an account is chosen among hundreds, and each cost the template engine six lookups.
    """
    parts = []
    for heading, choices, _place in groups:
        lines = mark_safe("".join(map(_option, choices)))  # noqa: S308 - each is escaped
        parts.append(format_html('\n  <optgroup label="{}">{}\n  </optgroup>', heading, lines) if heading else lines)
    return mark_safe("".join(parts))  # noqa: S308 - each is escaped


def _option(choice: dict[str, Any]) -> str:
    chosen = " selected" if choice["selected"] else ""
    value, label = conditional_escape(str(choice["value"])), conditional_escape(choice["label"])
    return f'\n  <option value="{value}"{chosen}>{label}</option>'
