"""The note against each checkpoint of tests/pdf_checkpoints.py, and each checkpoint against a note that breaks it."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.pdf import walk
from tests.pdf_checkpoints import CHECKPOINTS, flaws


def first(document: Pdf, tag: str) -> pikepdf.Object:
    return next(element for element in walk(document.Root.StructTreeRoot) if f"/{tag}" == element.S)


def font(document: Pdf) -> pikepdf.Object:
    return next(iter(document.pages[0].Resources.Font.values()))


def link(document: Pdf) -> pikepdf.Object:
    return document.pages[0].Annots[0]


def file(document: Pdf) -> pikepdf.Object:
    return document.Root.AF[0]


def paint(document: Pdf) -> None:
    document.pages[0].contents_add(b"\n0 0 9 9 re f\n")


def unclaim(document: Pdf) -> None:
    with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
        del metadata["pdfuaid:part"]


def cover(document: Pdf) -> None:
    first(document, "Document").K.append(document.make_indirect(Dictionary(S=Name.Note, P=first(document, "Document"))))


def unmark(document: Pdf) -> None:
    del document.Root.MarkInfo


DAMAGES: dict[str, Callable[[Pdf], object]] = {
    "01": paint,
    "02": lambda document: setattr(first(document, "Span"), "S", Name.Blink),
    "05": unmark,
    "06": unclaim,
    "07": lambda document: setattr(document.Root.ViewerPreferences, "DisplayDocTitle", False),
    "09": lambda document: setattr(first(document, "TR"), "S", Name.TD),
    "10": lambda document: font(document).__delitem__("/ToUnicode"),
    "11": lambda document: setattr(document.Root, "Lang", String("en")),
    "13": lambda document: setattr(first(document, "Figure"), "Alt", String(" ")),
    "14": lambda document: setattr(first(document, "H2"), "S", Name.H4),
    "15": lambda document: first(document, "TH").__delitem__("/A"),
    "19": cover,
    "21": lambda document: setattr(file(document), "Desc", String("")),
    "26": lambda document: setattr(document.Root, "OpenAction", Dictionary(S=Name.Launch, F=String("x"))),
    "28": lambda document: setattr(link(document), "Contents", link(document).Dest),
    "31": lambda document: font(document).DescendantFonts[0].FontDescriptor.__delitem__("/FontFile2"),
    "the": lambda document: setattr(document.Root, "OutputIntents", Array()),
}


@pytest.mark.parametrize("name", CHECKPOINTS)
def test_the_note_is_in_order(note_paper, name):
    with pikepdf.open(io.BytesIO(note_paper)) as document:
        assert list(CHECKPOINTS[name](document)) == []


@pytest.mark.parametrize("name", CHECKPOINTS)
def test_a_note_that_is_not_is_found_by_that_checkpoint_alone(note_paper, name):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(note_paper)) as document:
        DAMAGES[name.split()[0]](document)
        document.save(out)
    assert list(flaws(out.getvalue())) == [name]
