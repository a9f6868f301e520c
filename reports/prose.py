"""A note's texts as HTML, for the paper and for the page that shows what was frozen."""

import re

from django.utils.safestring import SafeString, mark_safe

from projects.markdown import to_html
from reports.hyphenation import with_joints

_HEADING = re.compile(r"<(/?)h([3-6])>")


def prose(text: str) -> SafeString:
    """Return the text's HTML with headings one level apart: whoever listens to a paper finds the way by them."""
    open_levels: list[int] = []

    def nested(match: re.Match[str]) -> str:
        level = int(match[2])
        if not match[1]:
            while open_levels and open_levels[-1] >= level:
                open_levels.pop()
            open_levels.append(level)
        return f"<{match[1]}h{2 + len(open_levels)}>"

    return with_joints(mark_safe(_HEADING.sub(nested, to_html(text))))  # noqa: S308 - only levels were changed
