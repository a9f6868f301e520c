"""A template written once for a whole list, with a slot for each value that differs from row to row.

To write fifty rows of twelve cells by the template engine costs more than all their queries; to fill slots does not.
"""

from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache
from html import escape

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

# No text that is shown holds these two.
_BEGIN, _END = "\x02", "\x03"


def slotted(template: str, slots: Iterable[str], **same: Hashable) -> Callable[..., SafeString]:
    """Return what fills the template's slots with values by name, escaped as the template engine does.

    `same` is what the template is told once and for all. It cannot ask what will come into a slot.
    """
    html = written(template, **same, **{name: f"{_BEGIN}{name}{_END}" for name in slots})
    pattern = html.replace("{", "{{").replace("}", "}}").replace(_BEGIN, "{").replace(_END, "}")

    def fill(**values: str) -> SafeString:
        # As format_html does it, without its care for lazy texts: that is most of what it costs.
        safe = {name: value if isinstance(value, SafeString) else escape(value) for name, value in values.items()}
        return mark_safe(pattern.format_map(safe))  # noqa: S308 - a template's own HTML, and values escaped above

    return fill


def written(template: str, **values: Hashable) -> SafeString:
    """Return a template that is told nothing else, kept for whoever asks next: a light or a state has few kinds."""
    return _written(template, get_language(), tuple(values.items()))


@lru_cache(maxsize=1024)
def _written(template: str, _language: str | None, values: tuple[tuple[str, Hashable], ...]) -> SafeString:
    return render_to_string(template, dict(values))
