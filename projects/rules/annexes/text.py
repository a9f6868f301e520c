"""CSV files: any text a spreadsheet in Denmark writes."""

from django.utils.translation import gettext as _

from projects.rules.annexes.places import AnnexText, not_what_it_says

# Excel in Denmark writes cp1252, which reads any byte but five.
_NEVER_CP1252 = (0x81, 0x8D, 0x8F, 0x90, 0x9D)


def check_csv(data: bytes) -> list[AnnexText]:
    """Return the lines. Raises file_content for what is no text."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        text = data.decode("utf-16", errors="replace")
    elif b"\x00" in data:
        raise not_what_it_says()
    else:
        text = _decoded(data)
    lines = enumerate(text.splitlines(), start=1)
    return [AnnexText(_("line %(number)s") % {"number": number}, line) for number, line in lines if line.strip()]


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if any(byte in data for byte in _NEVER_CP1252):
            raise not_what_it_says() from None
        return data.decode("cp1252")
