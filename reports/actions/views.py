"""Views of the overview that people keep under a name."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from projects.actions.events import record_event
from projects.enums import Subject
from projects.models import User
from projects.rules.text import check_no_cpr
from reports.models import SavedView

MOST = 50


@transaction.atomic
def save_view(*, name: str, query: str, is_shared: bool, by: User) -> SavedView:
    """Keep the choices under a name; one's own view of that name takes the new choices.

    Raises ValidationError by field: name_missing, cpr, too_many.
    """
    name = " ".join(name.split())
    if not name:
        raise ValidationError({"name": _("Give the view a name.")}, code="name_missing")
    check_no_cpr(name)
    # The owner is the lock: two clicks make one view.
    User.objects.select_for_update().get(pk=by.pk)
    view = SavedView.objects.filter(owner=by, name=name).first() or SavedView(owner=by, name=name)
    if view.pk is None and SavedView.objects.filter(owner=by).count() >= MOST:
        raise ValidationError(
            {"name": _("You have %(most)s views. Delete one first.") % {"most": MOST}}, code="too_many"
        )
    view.query, view.is_shared = _bare(query), is_shared
    view.full_clean()
    view.save()
    summary = _("The view “%(name)s” was saved") % {"name": name}
    record_event(subject=Subject.SAVED_VIEW, subject_id=view.pk, verb="saved", actor=by, summary=summary)
    return view


def _bare(query: str) -> str:
    """Return the choices without what is empty and which page was open."""
    chosen = QueryDict(query, mutable=True)
    for name in [name for name, value in chosen.items() if not value or name == "page"]:
        del chosen[name]
    return chosen.urlencode()


@transaction.atomic
def delete_view(*, view: SavedView, by: User) -> None:
    summary = _("The view “%(name)s” was deleted") % {"name": view.name}
    record_event(subject=Subject.SAVED_VIEW, subject_id=view.pk, verb="deleted", actor=by, summary=summary)
    view.delete()
