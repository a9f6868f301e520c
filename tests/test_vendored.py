"""The browser files we ship from others are whole, licensed, and free of other authorities' marks."""

import re
from pathlib import Path

from django.conf import settings

VENDOR = Path(settings.BASE_DIR) / "static" / "vendor"
DKFDS_CSS = VENDOR / "dkfds" / "css" / "dkfds.min.css"


def test_every_file_the_design_system_names_is_there():
    named = {path for path in re.findall(r'url\("?([^)"?#]+)', DKFDS_CSS.read_text()) if not path.startswith("data:")}
    assert len(named) > 100
    assert [path for path in sorted(named) if not (DKFDS_CSS.parent / path).is_file()] == []


def test_nothing_points_at_source_maps_that_are_not_shipped():
    texts = {path.name: path.read_text() for path in VENDOR.rglob("*.min.*")}
    assert set(texts) == {"dkfds.min.css", "dkfds.min.js", "plotly-basic.min.js"}
    assert [name for name, text in texts.items() if "sourceMappingURL" in text] == []


def test_other_authorities_logos_are_not_shipped():
    assert [path.name for path in VENDOR.rglob("*") if re.search(r"virk|borger", path.name, re.IGNORECASE)] == []


def test_licences_are_kept():
    kept = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("LICENSE*")}
    assert kept == {
        "dkfds/LICENSE.md",
        "dkfds/LICENSE-APACHE-2.0.txt",
        "dkfds/LICENSE-OFL-1.1.txt",
        "noto/LICENSE",
        "plex-arabic/LICENSE",
        "plotly/LICENSE",
    }
