"""Everything on screen is Danish: the catalogue holds every text of the code, translated, and is what is compiled."""

import gettext
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
CATALOGUE = Path("portfolio/locale/da/LC_MESSAGES/django.po")


def run(*command: str | Path, cwd: Path | None = None) -> str:
    environment = {
        key: value for key, value in os.environ.items() if key not in {"PYTHONPATH", "DJANGO_SETTINGS_MODULE"}
    }
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the catalogue as `make messages` would leave it, made in a copy of the code."""
    if not shutil.which("xgettext"):
        message = "gettext is missing; `make test` installs it"
        pytest.fail(message) if os.environ.get("CI", "").lower() == "true" else pytest.skip(message)
    copy = tmp_path_factory.mktemp("messages")
    for name in ("manage.py", "portfolio", "projects", "reports", "templates"):
        source = ROOT / name
        shutil.copytree(source, copy / name) if source.is_dir() else shutil.copy(source, copy / name)
    run(sys.executable, "manage.py", "makemessages", "--locale", "da", "--no-obsolete", cwd=copy)
    return copy / CATALOGUE


def messages(catalogue: Path, target: Path) -> dict[object, str]:
    """Return the catalogue's translations as the product would load them; a plural is a key for each form."""
    run("msgfmt", "--check-format", "--output-file", target, catalogue)
    with target.open("rb") as compiled:
        return {key: text for key, text in vars(gettext.GNUTranslations(compiled))["_catalog"].items() if key}


def test_every_text_of_the_code_is_translated(extracted: Path):
    untranslated = run("msgattrib", "--untranslated", "--no-wrap", extracted)
    guessed = run("msgattrib", "--only-fuzzy", "--no-wrap", extracted)
    assert (untranslated, guessed) == ("", ""), f"{untranslated}\n{guessed}"


def test_no_translation_has_lost_its_text(extracted: Path, tmp_path: Path):
    used = messages(extracted, tmp_path / "used.mo")
    kept = messages(ROOT / CATALOGUE, tmp_path / "kept.mo")
    assert set(kept) - set(used) == set()


def test_the_compiled_catalogue_is_the_one_that_is_read(tmp_path: Path):
    with (ROOT / CATALOGUE).with_suffix(".mo").open("rb") as committed:
        compiled = {key: text for key, text in vars(gettext.GNUTranslations(committed))["_catalog"].items() if key}
    assert compiled == messages(ROOT / CATALOGUE, tmp_path / "fresh.mo")
