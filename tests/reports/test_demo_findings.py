"""Every finding the sources deserve comes out of the demo data, and goes when its datum is mended."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from projects.actions.catalogue import save_record
from projects.actions.findings import answer_finding
from projects.actions.pools import set_estimate
from projects.actions.projects import change_project
from projects.actions.returns import return_snapshot
from projects.actions.snapshots import (
    CountValue,
    correct_snapshot,
    save_snapshot,
    start_snapshot,
)
from projects.models import (
    BreakdownCategory,
    Indicator,
    Pool,
    PoolYear,
    Project,
    Proposal,
    StatusSnapshot,
    User,
)
from projects.queries.findings import portfolio_notices
from projects.queries.snapshot_values import SnapshotValues, stored_values
from projects.queries.snapshots import current_snapshots

NOVEMBER = date(2017, 11, 1)
FRAME = "Geninvesteringspuljen 2016, rammen for 2016"


def found() -> set[tuple[str, str]]:
    return {(item.rule, item.object_label) for item in portfolio_notices()}


def user(name: str) -> User:
    return User.objects.get(username=name)


def status(code: str) -> StatusSnapshot:
    project = Project.objects.get(code=code)
    return current_snapshots([project], NOVEMBER)[project.pk]


def save(snapshot: StatusSnapshot, values: SnapshotValues, by: str = "sagsbehandler") -> StatusSnapshot:
    return save_snapshot(snapshot=snapshot, expected_version=snapshot.version, values=values, by=user(by))


def corrected(code: str) -> StatusSnapshot:
    return correct_snapshot(snapshot=status(code), reason="Rettet efter notatet", by=user("sagsbehandler"))


def category(project: str, code: str) -> int:
    return BreakdownCategory.objects.get(breakdown__project__code=project, code=code).pk


def with_count(snapshot: StatusSnapshot, category_id: int, value: CountValue) -> SnapshotValues:
    values = stored_values(snapshot)
    return replace(values, counts={**values.counts, category_id: value})


@pytest.mark.usefixtures("demo")
def test_the_sources_flaws_are_found():
    assert found() == {
        ("R1", "Aftentelefonen, november 2017"),
        ("R2", "Integration, november 2017"),
        ("R3", "Integration, november 2017"),
        ("R4", "Fleksjob Jobspor, november 2017"),
        ("R4", "Housing First, november 2017"),
        ("R6", FRAME),
        ("R7", FRAME),
        ("R8", FRAME),
        ("R9", "Housing First, november 2017"),
        ("R10", "Frivillig økonomisk rådgiver, november 2017"),
        ("R10", "Frivillighed, november 2017"),
        ("R10", "Integration, november 2017"),
        ("R10", "Sund i job, november 2017"),
        ("R10", "Sygemeldte ledige, november 2017"),
        ("R12", "Frivillig økonomisk rådgiver, november 2017"),
        ("R13", "Frivillig økonomisk rådgiver, november 2017"),
        ("R15", "Aftentelefonen"),
        ("R15", "Langvarigt på ydelse (Syddjurs)"),
        ("R15", "Rum til os"),
        ("R15", "Sund i job"),
        ("R16", "Langvarigt på ydelse (Syddjurs)"),
        ("R16", "Rum til os"),
        ("R16", "Sygemeldte ledige"),
        ("R17", "Langvarigt på ydelse (Syddjurs), juni 2018"),
        ("R20", "Frivillig økonomisk rådgiver"),
    }


def mend_r1() -> None:
    others = BreakdownCategory(
        breakdown=BreakdownCategory.objects.get(code="aftentelefonen").breakdown,
        code="andre-formaal",
        name="Andre formål",
        position=2,
    )
    save_record(record=others, by=user("administrator"))
    draft = corrected("aftentelefonen")
    save(draft, with_count(draft, others.pk, CountValue(count=170_000)))


def mend_r2() -> None:
    draft = status("integration")
    save(draft, with_count(draft, category("integration", "psykiatri"), CountValue(count=2)))


def mend_r3() -> None:
    draft = status("integration")
    save(draft, replace(stored_values(draft), as_of=date(2017, 11, 27)))


def mend_r4() -> None:
    draft = status("housing-first")
    since = CountValue(count=9, count_out=7, since=date(2017, 6, 1))
    save(draft, with_count(draft, category("housing-first", "sel-110"), since))


def mend_r4_words() -> None:
    draft = corrected("fleksjob-jobspor")
    save(draft, replace(stored_values(draft), narrative="Der var ni pr. 31.10.2017 og ni pr. 24.11.2017."))


def mend_r6_and_r8() -> None:
    proposal = Proposal.objects.get(number=1)
    set_estimate(
        pool_year=PoolYear.objects.get(year=2016),
        proposal=proposal,
        label=proposal.short_name,
        amount=Decimal(740_000),
        by=user("leder"),
    )


def mend_r9() -> None:
    draft = status("housing-first")
    save(draft, replace(stored_values(draft), narrative="Otte borgere er indskrevet efter § 85."))


def mend_r10() -> None:
    draft = status("integration")
    values = stored_values(draft)
    whole = replace(values.references[0], meeting_date=date(2017, 11, 6), item_number="99")
    save(draft, replace(values, references=(whole,)))


def returned() -> StatusSnapshot:
    return return_snapshot(
        snapshot=status("frivillig-oekonomisk-raadgiver"), reason="Se på ordene og enheden", by=user("leder")
    )


def mend_r12() -> None:
    draft = returned()
    save(draft, replace(stored_values(draft), narrative="Tallet er gået fra 18 til 35."))


def count_families_again() -> None:
    indicator = Indicator.objects.get(code="brugere")
    indicator.unit = "borgere/familier"
    save_record(record=indicator, by=user("administrator"))


def mend_r13() -> None:
    count_families_again()
    draft = returned()
    values = stored_values(draft)
    # The unit is kept with the figure, so the figure is taken out and given again.
    emptied = save(draft, replace(values, measurements={}))
    save(emptied, values)


def mend_r15() -> None:
    pool = Pool.objects.get(code="GENINV-2016")
    change_project(project=Project.objects.get(code="sund-i-job"), pool=pool, by=user("administrator"))


def mend_r20() -> None:
    count_families_again()
    project = Project.objects.get(code="frivillig-oekonomisk-raadgiver")
    start_snapshot(project=project, month=date(2017, 10, 1), by=user("sagsbehandler2"))


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("mend", "gone"),
    [
        (mend_r1, {("R1", "Aftentelefonen, november 2017")}),
        (mend_r2, {("R2", "Integration, november 2017")}),
        (mend_r3, {("R3", "Integration, november 2017")}),
        (mend_r4, {("R4", "Housing First, november 2017")}),
        (mend_r4_words, {("R4", "Fleksjob Jobspor, november 2017")}),
        (mend_r6_and_r8, {("R6", FRAME), ("R8", FRAME)}),
        (mend_r9, {("R9", "Housing First, november 2017")}),
        (mend_r10, {("R10", "Integration, november 2017")}),
        (mend_r12, {("R12", "Frivillig økonomisk rådgiver, november 2017")}),
        (mend_r13, {("R13", "Frivillig økonomisk rådgiver, november 2017")}),
        (mend_r15, {("R15", "Sund i job")}),
        (mend_r20, {("R20", "Frivillig økonomisk rådgiver")}),
    ],
)
def test_a_mended_datum_takes_its_finding_and_no_other(mend: Callable[[], None], gone: set[tuple[str, str]]):
    before = found()
    mend()
    assert before - found() == gone
    assert found() - before == set()


@pytest.mark.usefixtures("demo")
def test_r7_goes_line_by_line_when_the_list_says_what_the_form_says():
    before = {item.message for item in portfolio_notices() if item.rule == "R7"}
    proposal = Proposal.objects.get(number=6)
    set_estimate(
        pool_year=PoolYear.objects.get(year=2016),
        proposal=proposal,
        label=proposal.short_name,
        amount=Decimal(185_000),
        by=user("leder"),
    )
    after = {item.message for item in portfolio_notices() if item.rule == "R7"}
    (gone,) = before - after
    assert gone.startswith("“Frivillig økonomisk rådgiver” er 150.000\u00a0kr. på økonomilisten")
    assert len(before) == 7


@pytest.mark.usefixtures("demo")
def test_an_answered_finding_stays_answered_while_its_figures_stand():
    item = next(item for item in portfolio_notices() if item.rule == "R2")
    answer_finding(subject=item.subject, notice=item.notice, answer="Kendt: én er flyttet", by=user("sagsbehandler"))
    again = next(item for item in portfolio_notices() if item.rule == "R2")
    assert (again.answer, again.is_open) == ("Kendt: én er flyttet", False)
