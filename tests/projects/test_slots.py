from django.utils.safestring import SafeString

from projects.slots import slotted, written

SLOTS = ("url", "name", "month", "state", "late")


def test_values_are_escaped_and_what_is_html_already_is_not():
    fill = slotted("projects/_project_row_month.html", SLOTS)
    late = SafeString("3 dage <b>for sent</b>")
    html = fill(url="/x/?a=1&b=2", name="<Ole> & 'Ida' {name}", month="Maj {0}", state='"', late=late)
    assert html == SafeString(
        '\n<a href="/x/?a=1&amp;b=2">Maj {0}<span class="sr-only">, &lt;Ole&gt; &amp; &#x27;Ida&#x27; {name}</span></a>'
        '<span class="cell-note">&quot;</span><span class="cell-note late">3 dage <b>for sent</b></span>\n'
    )
    assert isinstance(html, SafeString)


def test_what_all_rows_share_is_told_once_and_its_braces_stand():
    fill = slotted("_light.html", ("label",), light="red")
    assert [f"</svg>{label}</span>" in fill(label=label) for label in ("Rød", "{}")] == [True, True]
    told = slotted("_light.html", ("light",), label="{light} 100 %")
    assert "{light} 100 %" in told(light="")


def test_a_piece_is_written_once_for_each_it_is_told():
    red = written("_light.html", light="red")
    assert red is written("_light.html", light="red")
    assert "Rød" in red
    assert "Gul" in written("_light.html", light="yellow")
