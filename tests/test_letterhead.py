"""Settings of a paper's head: what is wrong is said when the program starts."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from portfolio.letterhead import colour, picture


def test_nothing_set_is_nothing():
    assert (colour(""), picture("")) == ("", ("", b""))


def test_a_picture_is_known_by_what_is_in_it(tmp_path):
    file = tmp_path / "logo.jpg"
    file.write_bytes(b"\x89PNG\r\n\x1a\n...")
    assert picture(str(file)) == ("image/png", b"\x89PNG\r\n\x1a\n...")


@pytest.mark.parametrize("content", [b"<html>", b"GIF89a", b"<svg" + b" " * 2_000_000])
def test_another_kind_of_file_is_refused(tmp_path, content):
    file = tmp_path / "logo.png"
    file.write_bytes(content)
    with pytest.raises(ImproperlyConfigured, match=r"logo\.png"):
        picture(str(file))


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="kan ikke læses"):
        picture(str(tmp_path / "logo.png"))


@pytest.mark.parametrize("text", ["blå", "#12345", "#0c4f63; }", "url(x)"])
def test_what_is_no_colour_is_refused(text):
    with pytest.raises(ImproperlyConfigured):
        colour(text)
