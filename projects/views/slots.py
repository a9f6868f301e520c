"""A template written once for a whole list, with a slot for each value that differs from row to row.

To write fifty rows of twelve cells by the template engine costs more than all their queries; to fill slots does not.
"""

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

# No text that is shown holds these two.
_BEGIN, _END = "\x02", "\x03"


def slotted(template: str, slots: Iterable[str], **same: Any) -> Callable[..., SafeString]:
    """Return what fills the template's slots with values by name, escaped as the template engine does.

    `same` is what the template is told once and for all. It cannot ask what will come into a slot.
    """
    marks = {name: f"{_BEGIN}{name}{_END}" for name in slots}
    html = render_to_string(template, {**same, **marks})
    pattern = html.replace("{", "{{").replace("}", "}}").replace(_BEGIN, "{").replace(_END, "}")

    def fill(**values: str) -> SafeString:
        # As format_html does it, without its care for lazy texts: that is most of what it costs.
        safe = {name: value if isinstance(value, SafeString) else escape(value) for name, value in values.items()}
        return mark_safe(pattern.format_map(safe))  # noqa: S308 - a template's own HTML, and values escaped above

    return fill
