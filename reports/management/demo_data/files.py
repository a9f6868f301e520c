"""Reading the files, and finding what an earlier step stored."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from projects.models import Committee, Meeting, OrgUnit, Project, User


class Files:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cache  # noqa: B019 - one object per load
    def read(self, name: str) -> dict[str, Any]:
        with (self.folder / f"{name}.toml").open("rb") as file:
            return tomllib.load(file)

    def names(self, pattern: str) -> list[str]:
        return sorted(path.stem for path in self.folder.glob(f"{pattern}.toml"))


def user(username: str) -> User:
    return User.objects.get(username=username)


def unit(name: str) -> OrgUnit:
    return OrgUnit.objects.get(name=name)


def committee(code: str) -> Committee:
    return Committee.objects.get(code=code)


def meeting(code: str, day: Any) -> Meeting | None:
    return None if day is None else Meeting.objects.get(committee__code=code, date=day)


def project(code: str) -> Project:
    return Project.objects.get(code=code)
