"""The web process loads nothing that only papers, spreadsheets or planning need: it would cost every worker memory."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAVY = ("pandas", "weasyprint", "matplotlib", "scipy", "docx", "xlsxwriter", "python_calamine", "pikepdf", "plotly")

# Every address is resolved, so that every view and whatever it imports is there.
WEB_PROCESS = """
import portfolio.wsgi
from django.urls import get_resolver
def each(patterns):
    for entry in patterns:
        yield from each(entry.url_patterns) if hasattr(entry, "url_patterns") else [entry]
assert len(list(each(get_resolver().url_patterns))) > 100
"""
ASKED = """
import sys
print(*[name for name in sys.argv[1:] if name in sys.modules])
"""


def loaded_by(program: str) -> list[str]:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "portfolio.settings"}
    done = subprocess.run(
        [sys.executable, "-c", program + ASKED, *HEAVY],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def test_the_web_process_loads_no_heavy_library():
    assert loaded_by(WEB_PROCESS) == []


def test_one_that_is_loaded_would_be_seen():
    assert loaded_by("import xlsxwriter") == ["xlsxwriter"]
