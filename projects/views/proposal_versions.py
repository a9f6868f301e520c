"""Two versions of a proposal side by side."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from projects.forms.comparing import VersionsForm
from projects.models import Proposal, User
from projects.permissions import roles_required
from projects.queries.proposal_versions import VersionFact, version_facts
from projects.rules.comparing import compared
from projects.views.proposals import READ_PROPOSALS


@roles_required(*READ_PROPOSALS)
@require_safe
def proposal_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold two of the versions that were sent, or one and what is being written, against each other."""
    proposals = Proposal.objects.for_user(cast(User, request.user)).select_related("pool", "unit", "author")
    proposal = get_object_or_404(proposals, pk=pk)
    versions = version_facts(proposal)
    form = VersionsForm(request.GET, versions)
    earlier, later = form.earlier, form.later
    sections = compared(earlier.said, later.said) if earlier and later else []
    context = {
        "proposal": proposal,
        "form": form,
        "versions": versions,
        "is_same": earlier == later,
        "before": _head(earlier),
        "after": _head(later),
        "sections": [
            (section, lines) for section in sections if (lines := section.lines if form.shows_all else section.changed)
        ],
        "changes": sum(len(section.changed) for section in sections),
    }
    return render(request, "projects/proposal_compare.html", context)


def _head(version: VersionFact | None) -> str:
    if version is None or version.number is None:
        return _("Now")
    return _("Version %(number)s") % {"number": version.number}
