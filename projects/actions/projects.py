"""Projects, their names and caseworkers, and every krone decided for them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from projects.actions.events import changed_fields, record_event
from projects.actions.fiscal_years import lock_open_year
from projects.actions.pools import granted_from, granted_from_each, locked_pool_years
from projects.actions.rollups import refresh_rollups
from projects.dates import format_date
from projects.enums import BudgetKind, ProjectState, Role, Subject
from projects.models import BudgetLine, Meeting, PoolYear, Project, ProjectAlias, ProjectAssignment, User
from projects.models.people import valid_on
from projects.money import format_kroner
from projects.queries.accounts import chart
from projects.queries.projects import known_names, takes_from_pool
from projects.rules.accounts import check_account
from projects.rules.codes import free_code
from projects.rules.names import check_new_name
from projects.rules.pools import check_grant
from projects.rules.projects import check_budget_line, check_closing, check_pool_change
from projects.rules.text import check_no_cpr

# Stands where a project's code stands in addresses: /projekter/nyt/.
RESERVED_CODE = "nyt"


@transaction.atomic
def create_project(*, by: User, **values: Any) -> Project:
    """Store a project; `values` are its fields. Raises ValidationError by field: a code in use, an end before start."""
    project = Project(**values)
    project.full_clean()
    project.save(force_insert=True)
    record_event(
        subject=Subject.PROJECT,
        subject_id=project.pk,
        verb="created",
        actor=by,
        summary=_("The project “%(name)s” was created") % {"name": project.name},
        project=project,
    )
    refresh_rollups([project.pk])
    return project


@transaction.atomic
def begin_project(*, by: User, caseworker: User | None = None, **values: Any) -> Project:
    """Store a project that has no proposal, with a code made from its name, and its first caseworker.

    Raises ValidationError like `create_project`, and by field: same_project (R19, by any name papers have given),
    not_a_caseworker, cpr.
    """
    for text in (values["name"], values.get("other_funding", ""), values.get("description", "")):
        check_no_cpr(text)
    try:
        check_new_name(values["name"], known_names())
    except ValidationError as error:
        raise ValidationError({"name": error}) from error
    code = free_code(values["name"], {RESERVED_CODE, *Project.objects.values_list("code", flat=True)})
    project = create_project(code=code, by=by, **values)
    if caseworker is not None:
        try:
            assign_caseworker(project=project, user=caseworker, valid_from=project.starts_on, by=by)
        except ValidationError as error:
            raise ValidationError({"caseworker": error}) from error
    return project


@transaction.atomic
def change_project(*, project: Project, by: User, **values: Any) -> Project:
    """Store other values in a project's own fields; the same values change nothing.

    Raises ValidationError by field, and money_taken for another pool than the one that pays.
    """
    current = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    changes = changed_fields(current, values)
    if not changes:
        return current
    if "pool" in values and values["pool"] != current.pool:
        check_pool_change(
            has_proposal=current.proposal_id is not None,
            takes_from_pool=takes_from_pool(current),
        )
    for name, value in values.items():
        setattr(current, name, value)
    current.full_clean()
    current.save()
    record_event(
        subject=Subject.PROJECT,
        subject_id=current.pk,
        verb="changed",
        actor=by,
        summary=_("The project was changed"),
        changes=[(label, _in_words(before), _in_words(after)) for label, before, after in changes],
        project=current,
    )
    refresh_rollups([current.pk])
    return current


def _in_words(value: object) -> object:
    return format_date(value) if isinstance(value, date) else value


@transaction.atomic
def add_alias(*, project: Project, name: str, by: User, source: str = "") -> ProjectAlias:
    """Store a name that papers give the project. Storing the same name again changes nothing."""
    name = " ".join(name.split())
    known = ProjectAlias.objects.filter(project=project, name=name).first()
    if known is not None:
        return known
    alias = ProjectAlias(project=project, name=name, source=source)
    alias.full_clean()
    alias.save(force_insert=True)
    record_event(
        subject=Subject.PROJECT,
        subject_id=project.pk,
        verb="alias_added",
        actor=by,
        summary=_("The project is also known as “%(name)s”") % {"name": name[:150]},
        project=project,
    )
    return alias


@transaction.atomic
def assign_caseworker(*, project: Project, user: User, valid_from: date, by: User) -> ProjectAssignment:
    """Make the user responsible for the project's statuses from a day on.

    Raises ValidationError: not_a_caseworker (without the role that day), already_assigned.
    """
    if not user.role_assignments.filter(valid_on(valid_from), role=Role.CASEWORKER).exists():
        raise ValidationError(
            _("%(name)s is not a caseworker on that day."), code="not_a_caseworker", params={"name": user}
        )
    # The project is the lock: two managers who assign the same colleague make one assignment.
    Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    open_ended = Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from)
    if ProjectAssignment.objects.filter(open_ended, project=project, user=user).exists():
        raise ValidationError(_("%(name)s is already on the project."), code="already_assigned", params={"name": user})
    assignment = ProjectAssignment.objects.create(project=project, user=user, valid_from=valid_from)
    record_event(
        subject=Subject.PROJECT,
        subject_id=project.pk,
        verb="caseworker_assigned",
        actor=by,
        summary=_("%(name)s is caseworker from %(date)s") % {"name": user, "date": format_date(valid_from)},
        project=project,
    )
    return assignment


@transaction.atomic
def end_assignment(*, assignment: ProjectAssignment, valid_to: date, by: User) -> ProjectAssignment:
    """Let the caseworker's responsibility end with that day. Raises dates_in_order."""
    if valid_to < assignment.valid_from:
        raise ValidationError(_("The last day lies before the first."), code="dates_in_order")
    assignment.valid_to = valid_to
    assignment.save(update_fields=["valid_to"])
    record_event(
        subject=Subject.PROJECT,
        subject_id=assignment.project_id,
        verb="caseworker_ended",
        actor=by,
        summary=_("%(name)s is caseworker to and including %(date)s")
        % {"name": assignment.user, "date": format_date(valid_to)},
        project=assignment.project,
    )
    return assignment


@transaction.atomic
def add_budget_line(
    *,
    project: Project,
    year: int,
    kind: str,
    amount: Decimal,
    price_level: int,
    reason: str,
    by: User,
    pool_year: PoolYear | None = None,
    meeting: Meeting | None = None,
    item_number: str = "",
    account: str = "",
    example_note: str = "",
) -> BudgetLine:
    """Store one decided amount, + is expense; a negative one takes back. From `pool_year`, or from elsewhere (None).

    Locks the year, the frame and the project, then checks, then takes. Raises ValidationError: year_closed,
    wrong_year, over_granted, amount_zero, amount_not_positive, amount_not_negative, half_missing, below_zero,
    reason_missing, unknown_account (when a chart of accounts is loaded).
    """
    lock_open_year(year)
    if account.strip():
        check_account(account.strip(), year=year, chart=chart())
    if pool_year is not None and pool_year.year != year:
        raise ValidationError(
            _("The frame is for %(frame_year)s, but the line is for %(year)s."),
            code="wrong_year",
            params={"frame_year": pool_year.year, "year": year},
        )
    if pool_year is not None:
        pool_year = locked_pool_years([pool_year.pk]).get()
    Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    held = project.budget_lines.filter(year=year, pool_year=pool_year).aggregate(total=Sum("amount"))["total"]
    reason = check_budget_line(kind=kind, amount=amount, granted=held or Decimal(0), reason=reason)
    if pool_year is not None and amount > 0:
        check_grant(frame=pool_year.frame, granted=granted_from(pool_year), amount=amount)
    line = BudgetLine(
        project=project,
        pool_year=pool_year,
        year=year,
        kind=kind,
        amount=amount,
        price_level=price_level,
        account=account.strip(),
        reason=reason,
        meeting=meeting,
        item_number=item_number,
        created_by=by,
        example_note=example_note,
    )
    line.full_clean()
    line.save(force_insert=True)
    record_budget_line(line, by)
    refresh_rollups([project.pk])
    return line


def add_original_budget(
    *,
    project: Project,
    amounts: Mapping[PoolYear, Decimal],
    reason: str,
    by: User,
    meeting: Meeting | None = None,
    item_number: str = "",
    example_note: str = "",
) -> list[BudgetLine]:
    """Store what a new project is granted from each frame. Two queries and those of the sums, however many frames.

    The project is made in this transaction, and the frames and their years are locked by the caller, so nothing is
    asked again but how much is granted. Raises ValidationError: over_granted, amount_not_positive, reason_missing.
    """
    granted = granted_from_each(amounts)
    lines = []
    for frame, amount in amounts.items():
        reason = check_budget_line(kind=BudgetKind.ORIGINAL, amount=amount, granted=Decimal(0), reason=reason)
        check_grant(frame=frame.frame, granted=granted[frame.pk], amount=amount)
        line = BudgetLine(
            project=project,
            pool_year=frame,
            year=frame.year,
            kind=BudgetKind.ORIGINAL,
            amount=amount,
            price_level=frame.price_level,
            reason=reason,
            meeting=meeting,
            item_number=item_number,
            created_by=by,
            example_note=example_note,
        )
        # What it points to is at hand, and need not be looked for.
        line.clean_fields(exclude=("project", "pool_year", "meeting", "created_by", "counterpart"))
        lines.append(line)
    for line in BudgetLine.objects.bulk_create(lines):
        record_budget_line(line, by)
    refresh_rollups([project.pk])
    return lines


def record_budget_line(line: BudgetLine, by: User) -> None:
    words = {
        "kind": BudgetKind(line.kind).label,
        "project": line.project.name,
        "year": line.year,
        "amount": format_kroner(line.amount),
    }
    record_event(
        subject=Subject.BUDGET_LINE,
        subject_id=line.pk,
        verb="added",
        actor=by,
        summary=_("%(kind)s for %(year)s: %(amount)s") % words,
        reason=line.reason,
        project=line.project,
    )
    if line.pool_year is not None:
        record_event(
            subject=Subject.POOL,
            subject_id=line.pool_year.pool_id,
            verb="granted",
            actor=by,
            summary=_("“%(project)s”, %(year)s: %(amount)s (%(kind)s)") % words,
            reason=line.reason,
        )


@transaction.atomic
def close_project(*, project: Project, ends_on: date, reason: str, by: User) -> Project:
    """Close the project with its last day. Raises already_closed, ends_before_start, reason_missing."""
    current = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    reason = check_closing(state=current.state, starts_on=current.starts_on, ends_on=ends_on, reason=reason)
    changes = [(_("Last day"), current.ends_on and format_date(current.ends_on), format_date(ends_on))]
    project.state, project.ends_on = ProjectState.CLOSED, ends_on
    project.save(update_fields=["state", "ends_on"])
    record_event(
        subject=Subject.PROJECT,
        subject_id=project.pk,
        verb="closed",
        actor=by,
        summary=_("The project was closed with %(date)s as its last day") % {"date": format_date(ends_on)},
        changes=changes,
        reason=reason,
        project=project,
    )
    return project
