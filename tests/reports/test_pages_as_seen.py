"""How the note looks: its pages against small pictures that somebody has looked at (tests/reports/golden/).

The pictures are of the note that the other tests read. ACCEPT_PAGES=1 keeps what is drawn now as what is wanted.
"""

import os
import subprocess
from pathlib import Path

import numpy
import pytest
from PIL import Image, ImageChops, ImageFilter

from tests.chromium import OUTPUT

GOLDEN = Path(__file__).parent / "golden"
# A change to the eye is dark or bright, and has a size; a letter drawn by another version of a library is neither.
SEEN, SHARE = 24, 0.005
ACCEPT = "ACCEPT_PAGES=1 .venv/bin/pytest tests/reports/test_pages_as_seen.py"


def drawn(paper: bytes, folder: Path) -> list[Image.Image]:
    """Return the pages in grey, 36 dots to the inch: large enough to see a table's lines and too small to read."""
    command = ["pdftoppm", "-r", "36", "-gray", "-png", "-", str(folder / "page")]
    subprocess.run(command, input=paper, check=True)
    return [Image.open(path).copy() for path in sorted(folder.glob("page-*.png"))]


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return the share of the page that looks different: not dots, but what is left of them when they are blurred."""
    if one.size != other.size:
        return 1.0
    blurred = [page.convert("L").filter(ImageFilter.BoxBlur(1)) for page in (one, other)]
    return float((numpy.asarray(ImageChops.difference(*blurred)) > SEEN).mean())


@pytest.fixture
def pages(note_paper, tmp_path):
    return drawn(note_paper, tmp_path)


def kept() -> list[Image.Image]:
    return [Image.open(path).copy() for path in sorted(GOLDEN.glob("page-*.png"))]


def keep(pages: list[Image.Image], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("page-*.png"):
        old.unlink()
    for number, page in enumerate(pages, start=1):
        # Sixteen greys are enough for the eye and half the file.
        page.quantize(16).save(folder / f"page-{number}.png", optimize=True)


def test_the_pages_look_as_they_were_accepted(pages):
    if os.environ.get("ACCEPT_PAGES"):
        keep(pages, GOLDEN)
    wanted = kept()
    changed = [n for n, (new, old) in enumerate(zip(pages, wanted, strict=False), 1) if difference(new, old) > SHARE]
    if changed or len(pages) != len(wanted):
        keep(pages, OUTPUT / "pages")
        pytest.fail(
            f"{len(pages)} pages, wanted {len(wanted)}; not as accepted: {changed}. Look at {OUTPUT / 'pages'} beside "
            f"{GOLDEN}. If it is as it should be: {ACCEPT}"
        )


def test_the_pictures_are_few_and_small():
    assert sum(path.stat().st_size for path in GOLDEN.iterdir()) < 150_000


def test_a_moved_line_and_a_table_cut_off_are_seen_and_another_rasterisers_letters_are_not(pages):
    page = pages[1]
    width, height = page.size
    moved, cut = page.copy(), page.copy()
    moved.paste(page.crop((0, height // 3, width, height - 4)), (0, height // 3 + 4))
    cut.paste(255, (width * 3 // 5, height // 2, width, height))
    softer = page.resize((width * 2, height * 2), Image.Resampling.BICUBIC).filter(ImageFilter.BoxBlur(1))
    softer = softer.resize(page.size, Image.Resampling.BILINEAR)
    assert [difference(page, other) > SHARE for other in (moved, cut, pages[2], softer, page)] == [
        *(True, True, True),
        *(False, False),
    ]
