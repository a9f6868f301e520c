"""A note as a Word file, so that a secretary can go on with it. Takes the PDF's own HTML: same order, same numbers.

The only package that knows Word's library. Imported where a paper is made, never where a page is shown.
"""

from reports.word.document import preload, render_word

__all__ = ["preload", "render_word"]
