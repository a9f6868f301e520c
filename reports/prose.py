"""A note's texts as HTML, for the paper and for the page that shows what was frozen."""

from django.utils.safestring import SafeString

from projects.markdown import to_html
from reports.hyphenation import with_joints


def prose(text: str) -> SafeString:
    return with_joints(to_html(text))
