"""What Word's library has no words for: fields, bookmarks, links, numbering that begins anew, words for pictures."""

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def element(tag: str, **values: str) -> Any:
    """Return an element like <w:tag w:name="value">."""
    made = OxmlElement(f"w:{tag}")
    for name, value in values.items():
        made.set(qn(f"w:{name}"), value)
    return made


def add_field(paragraph: Any, code: str, shown: str, *, is_dirty: bool = False) -> Any:
    """Add a field that Word calculates; `shown` stands there until it does. Returns the run that shows it.

    `is_dirty`: Word calculates it as soon as the file is opened.
    """
    for kind in ("begin", "code", "separate"):
        run = paragraph.add_run()
        if kind == "code":
            instruction = element("instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {code} "
            run._r.append(instruction)
        else:
            run._r.append(element("fldChar", fldCharType=kind))
            if is_dirty and kind == "begin":
                run._r[-1].set(qn("w:dirty"), "true")
    run = paragraph.add_run(shown)
    paragraph.add_run()._r.append(element("fldChar", fldCharType="end"))
    return run


def add_bookmark(paragraph: Any, number: int, name: str) -> None:
    """Put a bookmark around the whole paragraph."""
    start, end = element("bookmarkStart", id=str(number), name=name), element("bookmarkEnd", id=str(number))
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(end)


def add_link(paragraph: Any, *, anchor: str = "", url: str = "") -> Any:
    """Return a link in the paragraph to put runs into: to a bookmark, or to an address."""
    link = element("hyperlink", history="1")
    if anchor:
        link.set(qn("w:anchor"), anchor)
    else:
        link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    paragraph._p.append(link)
    return link


def bookmark_name(anchor: str) -> str:
    """Return the anchor as Word allows it: letters, digits and underscores, at most forty."""
    return "".join(sign if sign.isalnum() else "_" for sign in f"a_{anchor}")[:40]


def numbered_anew(document: Any, style: str) -> str:
    """Return the id of a numbering that looks like the style's and begins at 1."""
    numbering = document.part.numbering_part.numbering_definitions._numbering
    of_style = document.styles[style].element.pPr.numPr.numId.val
    pattern = numbering.num_having_numId(of_style).abstractNumId.val
    made = numbering.add_num(pattern)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return str(made.numId)


def number_with(paragraph: Any, number_id: str) -> None:
    numbers = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    numbers.get_or_add_ilvl().val = 0
    numbers.get_or_add_numId().val = int(number_id)


def describe(picture: Any, title: str, description: str) -> None:
    """Give a picture the words that are read aloud."""
    told = picture._inline.docPr
    told.set("descr", description)
    told.set("title", title)
