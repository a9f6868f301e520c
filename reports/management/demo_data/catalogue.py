"""Code lists, the committee, its meetings and its rounds."""

from decimal import Decimal
from typing import Any

from projects.actions.catalogue import save_record
from projects.models import (
    AgendaItem,
    Benefit,
    Committee,
    FteRate,
    LegalBasis,
    Meeting,
    PriceIndex,
    StatusRound,
    StrategicGoal,
    TargetGroup,
    Track,
    User,
)
from projects.models.catalogue import Code
from reports.management.demo_data.files import Files, committee, meeting, user
from reports.management.demo_data.people import ADMINISTRATOR


def load_codes(files: Files) -> None:
    lists = files.read("catalogue")
    by = user(ADMINISTRATOR)
    for row in lists["fte_rates"]:
        if not FteRate.objects.filter(year=row["year"]).exists():
            save_record(record=FteRate(year=row["year"], amount=Decimal(row["amount"])), by=by)
    for row in lists["price_indexes"]:
        if not PriceIndex.objects.filter(year=row["year"]).exists():
            save_record(record=PriceIndex(**{**row, "index": Decimal(str(row["index"]))}), by=by)
    for model, name in (
        (LegalBasis, "legal_bases"),
        (Benefit, "benefits"),
        (StrategicGoal, "goals"),
        (Track, "tracks"),
    ):
        for row in lists[name]:
            _load_code(model, row, by)
    for basis, group in lists["target_groups"].items():
        dates = {name: group[name] for name in ("valid_from", "valid_to") if name in group}
        legal_basis = LegalBasis.objects.get(code=basis, valid_from=group["valid_from"])
        for code, name in group["codes"]:
            _load_code(TargetGroup, {"code": code, "name": name, "legal_basis": legal_basis, **dates}, by)


def _load_code(model: type[Code], row: dict[str, Any], by: User) -> None:
    if not model.objects.filter(code=row["code"], valid_from=row["valid_from"]).exists():
        save_record(record=model(**row), by=by)


def load_meetings(files: Files) -> None:
    lists = files.read("meetings")
    by = user(ADMINISTRATOR)
    for row in lists["committees"]:
        if not Committee.objects.filter(code=row["code"]).exists():
            save_record(record=Committee(**row), by=by)
    for row in lists["meetings"]:
        if not Meeting.objects.filter(committee__code=row["committee"], date=row["date"]).exists():
            held = Meeting(committee=committee(row["committee"]), date=row["date"])
            save_record(record=held, by=by)
            for item in row.get("items", ()):
                save_record(record=AgendaItem(meeting=held, **item), by=by)
    for row in lists["rounds"]:
        _load_round(row, by)


def _load_round(row: dict[str, Any], by: User) -> None:
    owner = committee(row["committee"])
    if StatusRound.objects.filter(committee=owner, month=row["month"]).exists():
        return
    values = {**row, "committee": owner, "meeting": meeting(row["committee"], row["meeting"])}
    save_record(record=StatusRound(**values), by=by)
