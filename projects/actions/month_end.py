"""Why a forecast is not what was granted, in writing."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from projects.actions.events import record_event
from projects.enums import Subject
from projects.models import DeviationReason, Project, User
from projects.months import format_month
from projects.rules.snapshots import check_reason
from projects.rules.text import check_no_cpr


@transaction.atomic
def explain_deviation(*, project: Project, month: date, text: str, by: User) -> DeviationReason:
    """Store the reason for the month; a new one replaces it, and both stay in the history.

    Raises reason_missing, cpr.
    """
    text = check_reason(text)
    check_no_cpr(text)
    Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    earlier = DeviationReason.objects.filter(project=project, month=month).first()
    if earlier is not None and earlier.text == text:
        return earlier
    stored, _created = DeviationReason.objects.update_or_create(
        project=project, month=month, defaults={"text": text, "written_by": by}
    )
    record_event(
        subject=Subject.PROJECT,
        subject_id=project.pk,
        verb="deviation_explained",
        actor=by,
        summary=_("The deviation in %(month)s was explained") % {"month": format_month(month)},
        changes=[(_("Reason"), earlier.text if earlier else "", text)],
        project=project,
    )
    return stored
