"""ZIP files whose bytes depend on nothing but what is in them."""

import io
import zipfile
from collections.abc import Iterable

# The earliest moment a ZIP file can name: when it was packed is not part of what it says.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o644 << 16


def packed(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return the files as a ZIP, in the order given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, _PLAIN_FILE, 3
            archive.writestr(entry, content, compresslevel=9)
    return out.getvalue()


def unchanging(archive: bytes) -> bytes:
    """Return the same ZIP without the time it was packed."""
    with zipfile.ZipFile(io.BytesIO(archive)) as packed_now:
        return packed([(name, packed_now.read(name)) for name in packed_now.namelist()])
