import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from projects.markdown import SOFT_BREAK, to_html


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("", ""),
        ("Vi er i gang.", "<p>Vi er i gang.</p>\n"),
        ("# Mål\n\n## Delmål", "<h3>Mål</h3>\n<h4>Delmål</h4>\n"),
        ("##### For dybt\n\n###### Under", "<h3>For dybt</h3>\n<h4>Under</h4>\n"),
        ("# Et\n\n### Spring\n\n## Tilbage", "<h3>Et</h3>\n<h4>Spring</h4>\n<h4>Tilbage</h4>\n"),
        ("- ét\n- to", "<ul>\n<li>ét</li>\n<li>to</li>\n</ul>\n"),
        ("1. ét\n2. to", "<ol>\n<li>ét</li>\n<li>to</li>\n</ol>\n"),
        ("**41** og *23*", "<p><strong>41</strong> og <em>23</em></p>\n"),
        ("linje\nlinje", "<p>linje<br>\nlinje</p>\n"),
    ],
)
def test_to_html_shows_what_a_narrative_needs(typed: str, shown: str):
    assert to_html(typed) == shown
    assert isinstance(to_html(typed), SafeString)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("27. november 2017 holdt vi møde.", "<p>27. november 2017 holdt vi møde.</p>\n"),
        ("1. kvartal gik godt.", "<p>1. kvartal gik godt.</p>\n"),
        ("2016. Året hvor det begyndte.", "<p>2016. Året hvor det begyndte.</p>\n"),
        ("Overskrift?\n---", "<p>Overskrift?</p>\n<hr>\n"),
        ("    indrykket", "<p>indrykket</p>\n"),
        ("[1]: https://example.dk", "<p>[1]: https://example.dk</p>\n"),
        ("|a|b|\n|-|-|", "<p>|a|b|<br>\n|-|-|</p>\n"),
        ("```\nkode\n```", "<p>```<br>\nkode<br>\n```</p>\n"),
        ("a\x00b\x07c", "<p>abc</p>\n"),
    ],
)
def test_to_html_leaves_what_was_not_meant_as_markup(typed: str, shown: str):
    assert to_html(typed) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("[x](JaVaScRiPt:alert(1))", "<p>[x](JaVaScRiPt:alert(1))</p>\n"),
        ("[x](&#106;avascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("[x](data:text/html,hej)", "<p>[x](data:text/html,hej)</p>\n"),
        ("[x](//example.dk)", "<p>[x](//example.dk)</p>\n"),
        ("[x](/administration/)", "<p>[x](/administration/)</p>\n"),
    ],
)
def test_to_html_disarms_hostile_text(typed: str, shown: str):
    assert to_html(typed) == shown


@pytest.mark.parametrize("address", ["https://example.dk/a?b=1", "http://example.dk", "mailto:post@example.dk"])
def test_to_html_keeps_links_that_leave_openly(address: str):
    assert to_html(f"[her]({address})") == f'<p><a href="{address}" rel="noopener noreferrer">her</a></p>\n'


def test_to_html_cannot_be_led_out_of_an_attribute():
    assert to_html('[x](https://example.dk "a\\" onclick=\\"b")') == (
        '<p><a href="https://example.dk" title="a&quot; onclick=&quot;b" rel="noopener noreferrer">x</a></p>\n'
    )
    assert to_html('<https://example.dk/"onclick=b>') == (
        '<p><a href="https://example.dk/%22onclick=b" rel="noopener noreferrer">https://example.dk/"onclick=b</a></p>\n'
    )


def test_to_html_has_no_pictures():
    assert "<img" not in to_html("![kort](https://example.dk/kort.png)")


def noted(text: str, kind: str = "footnote") -> str:
    return f'<span class="noted"><span class="{kind}">{text}</span></span>'


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (
            "41[^1] borgere.\n\n[^1]: Opgjort **her**,\nikke der.",
            f"<p>41{noted('Opgjort <strong>her</strong>, ikke der.')} borgere.</p>\n",
        ),
        ("**a[^x]** b[^y]\n[^x]: Et\n[^y]: To", f"<p><strong>a{noted('Et')}</strong> b{noted('To')}</p>\n"),
        ("a[^1]\n\n[^1]: <b>[x](javascript:y)</b>", f"<p>a{noted('&lt;b&gt;[x](javascript:y)&lt;/b&gt;')}</p>\n"),
        # Nothing is lost: a mark without a note, a note without a mark, a mark used again.
        ("a[^1] b[^2]\n\n[^2]: To", f"<p>a[^1] b{noted('To')}</p>\n"),
        ("[^1]: Alene", "<p>[^1]: Alene</p>\n"),
        ("a[^1] b[^1]\n\n[^1]: Et", f"<p>a{noted('Et')} b[^1]</p>\n"),
        (f"a[^1]\n\n[^1]: {'ord ' * 151}", f"<p>a{noted(('ord ' * 151).strip(), 'footnote footnote-long')}</p>\n"),
    ],
)
def test_to_html_puts_a_footnote_where_its_mark_is(typed: str, shown: str):
    assert to_html(typed) == shown


@pytest.mark.parametrize(("length", "breaks"), [(40, 0), (41, 1), (80, 1), (81, 2), (1000, 24)])
def test_to_html_lets_very_long_words_wrap(length: int, breaks: int):
    shown = to_html("x" * length)
    assert (shown.count(SOFT_BREAK), shown.count("x")) == (breaks, length)


@given(st.text(alphabet=st.sampled_from("ab^Å<>&\"'()[]!#*_-`~:/=\\ \n\t1.|x;"), max_size=80))
def test_to_html_only_ever_makes_its_own_tags(typed: str):
    import nh3

    shown = to_html(typed)
    assert "<script" not in shown.lower()
    assert nh3.clean(shown, tags=nh3.ALLOWED_TAGS - {"script", "style", "img"}, link_rel="noopener noreferrer") == shown
