"""The house rules a tool can check. Layers between modules are `lint-imports`' part."""

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db.migrations.loader import MigrationLoader

ROOT = Path(settings.BASE_DIR)
PACKAGES = ["portfolio", "projects", "reports", "tests"]
WRITTEN_BY_HAND = {".py", ".html", ".css", ".js", ".sh", ".md", ".toml"}
SVG_AND_HTML_IN_CODE = r"""<[a-zA-Z][^<>]*\s(style|on[a-z]+)\s*=\s*["'{]"""
# In pieces, so that this file does not hold what it looks for.
REGISTRIES = ["pypi" + ".org", "python" + "hosted", "registry.npm" + "js", "deb." + "debian", "archive." + "ubuntu"]
MACHINES = [f"/{folder}/" for folder in ("work", "root", "home", "opt", "Users")]


def tracked() -> list[Path]:
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout, so nobody can tell which files are the project's")
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [path for name in names.split("\0") if name and (path := ROOT / name).is_file()]


def ours(*suffixes: str) -> list[Path]:
    """Return the files people write: not what is vendored, generated or locked."""
    return [
        path
        for path in tracked()
        if path.suffix in suffixes and not {"vendor", "migrations", "locale"} & set(path.relative_to(ROOT).parts)
    ]


def templates() -> Iterator[tuple[str, str]]:
    for path in ours(".html"):
        yield str(path.relative_to(ROOT)), path.read_text()


def test_no_file_is_longer_than_400_lines():
    lengths = {str(path.relative_to(ROOT)): path.read_text().count("\n") for path in ours(*WRITTEN_BY_HAND)}
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def function_lengths(package: str) -> dict[str, int]:
    found = {}
    for path in ours(".py"):
        if path.relative_to(ROOT).parts[0] == package:
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    found[f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"] = node.end_lineno - node.lineno + 1
    return found


@pytest.mark.parametrize("package", PACKAGES)
def test_functions_are_short(package: str):
    lengths = function_lengths(package)
    long = {name: length for name, length in lengths.items() if length > 30}
    assert {name: length for name, length in long.items() if length > 60} == {}
    assert len(long) <= len(lengths) / 10, f"More than one in ten functions is longer than 30 lines: {long}"


def test_templates_keep_to_the_content_security_policy():
    """The policy refuses these in the browser; here they are found on pages no browser test opens."""
    forbidden = {
        "an inline style": r"""<[^>]*\sstyle\s*=""",
        "an inline handler": r"""<[^>]*\son[a-z]+\s*=""",
        "an inline script": r"""<script(?![^>]*(\ssrc=|\stype="application/json"))""",
        "a style element without nonce": r"""<style(?![^>]*\snonce=)""",
    }
    found = [
        f"{name}: {what}"
        for name, text in templates()
        for what, pattern in forbidden.items()
        # Papers are printed without a browser: their style stands in the page.
        if re.search(pattern, without_tags(text))
        and not (name.startswith("templates/reports/pdf/") and "nonce" in what)
    ]
    assert found == []


def without_tags(text: str) -> str:
    """Return the template without its own tags, whose quotes and angle brackets are not HTML's."""
    return re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "", text, flags=re.DOTALL)


def test_code_writes_no_inline_style_or_handler():
    code = [path for path in ours(".py", ".js") if path.relative_to(ROOT).parts[0] != "tests"]
    assert [str(path) for path in code if re.search(SVG_AND_HTML_IN_CODE, path.read_text())] == []


def test_partials_say_in_their_first_line_what_they_need():
    """Django's own widget templates, which ours replace, are called as Django calls them."""
    silent = [
        name
        for name, text in templates()
        if Path(name).name.startswith("_")
        and "django/forms/widgets" not in name
        and not re.match(rf"{{# {re.escape(Path(name).name)}: .*\b(needs|blocks)\b.*#}}\n", text, re.IGNORECASE)
    ]
    assert silent == []


def test_no_file_names_a_registry_or_a_machine():
    found = []
    for path in tracked():
        text = path.read_bytes().decode(errors="ignore")
        found += [f"{path.relative_to(ROOT)}: {word}" for word in REGISTRIES if word in text]
        # Within a longer path or an address the same letters are no machine's folder.
        found += [
            f"{path.relative_to(ROOT)}: {word}" for word in MACHINES if re.search(rf"(?<![\w.$}}/-]){word}", text)
        ]
    assert found == []


def test_migrations_have_names_and_a_way_back():
    migrations = {
        key: migration
        for key, migration in MigrationLoader(None).disk_migrations.items()
        if key[0] in {"projects", "reports"}
    }
    assert {app for app, _name in migrations} == {"projects", "reports"}
    assert [key for key in migrations if re.search(r"_auto(_|$)", key[1])] == []
    one_way = [
        key for key, migration in migrations.items() if not all(step.reversible for step in migration.operations)
    ]
    assert one_way == []
