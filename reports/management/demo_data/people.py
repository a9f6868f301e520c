"""Units, users with roles, and a stand-in."""

from datetime import date
from typing import Any

from projects.actions.catalogue import save_record
from projects.enums import UnitKind
from projects.models import OrgUnit, RoleAssignment, StandIn, User
from reports.management.demo_data.files import Files, unit, user

PASSWORD = "demo"  # noqa: S105 - only ever stored in development
SINCE = date(2016, 1, 1)
ADMINISTRATOR = "administrator"


def load_administrator(files: Files) -> None:
    """Store the first administrator; nobody is there yet who could have done it."""
    for row in files.read("people")["users"]:
        if row["username"] == ADMINISTRATOR:
            _load_user(row, by=None)


def load_people(files: Files) -> None:
    people = files.read("people")
    administrator = user(ADMINISTRATOR)
    for row in people["units"]:
        if not OrgUnit.objects.filter(name=row["name"]).exists():
            parent = unit(row["parent"]) if "parent" in row else None
            record = OrgUnit(name=row["name"], parent=parent, kind=row.get("kind", UnitKind.INTERNAL))
            save_record(record=record, by=administrator)
    for row in people["users"]:
        _load_user(row, by=administrator)
    for row in people["stand_ins"]:
        _load_stand_in(row, administrator)


def _load_user(row: dict[str, Any], by: User | None) -> None:
    if User.objects.filter(username=row["username"]).exists():
        return
    colleague = User(**{name: row[name] for name in ("username", "first_name", "last_name", "title")})
    # A domain that nobody can own, so that a trial with a real mail server reaches nobody.
    colleague.email = f"{colleague.username}@example.com"
    colleague.set_password(PASSWORD)
    save_record(record=colleague, by=by)
    for held in row["roles"]:
        place = unit(held["unit"]) if "unit" in held else None
        save_record(
            record=RoleAssignment(user=colleague, role=held["role"], unit=place, valid_from=SINCE),
            by=by,
        )


def _load_stand_in(row: dict[str, Any], by: User) -> None:
    absent, stand_in = user(row["absent"]), user(row["stand_in"])
    if not StandIn.objects.filter(absent=absent, stand_in=stand_in, valid_from=row["valid_from"]).exists():
        dates = {name: row[name] for name in ("valid_from", "valid_to", "reason")}
        save_record(record=StandIn(absent=absent, stand_in=stand_in, **dates), by=by)
