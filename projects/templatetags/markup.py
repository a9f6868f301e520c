"""Pieces of HTML that stand on every page, written without a template of their own each time."""

from collections.abc import Mapping
from functools import cache

from django import template
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """{% icon "menu" %}: one decorative icon of the design system, by its id there."""
    return render_to_string("_icon.html", {"name": name})


@register.filter
def attributes(attrs: Mapping[str, object]) -> SafeString:
    """{{ widget.attrs|attributes }}: all but the class, which the widget's template adds its own to."""
    return flatatt({name: value for name, value in attrs.items() if name != "class"})
