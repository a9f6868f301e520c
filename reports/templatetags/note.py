"""What the notes' pages share with the paper."""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

from reports import prose as texts
from reports.hyphenation import with_joints

register = template.Library()


@register.filter
def joints(text: str) -> SafeString:
    """{{ title|joints }}: long compounds may divide where a Dane would divide them, also on a telephone."""
    return with_joints(escape(text))


@register.filter
def prose(text: str) -> SafeString:
    return texts.prose(text)
