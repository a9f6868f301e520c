"""What every page needs: whose site it is, and the way around it for the one who is logged in."""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from projects.enums import Role
from projects.slots import slotted

# In the order they stand in the menu. The administrator sees them all.
_PAGES: tuple[tuple[str | Promise, str, frozenset[str]], ...] = (
    (_("Front page"), "reports:home", frozenset(Role.values)),
    (
        _("Projects"),
        "projects:project-list",
        frozenset({Role.CASEWORKER, Role.MANAGER, Role.SECRETARY, Role.CONTROLLER}),
    ),
    (_("Pools"), "projects:pool-list", frozenset({Role.MANAGER, Role.CONTROLLER})),
    (_("Proposals"), "projects:proposal-list", frozenset({Role.MANAGER, Role.PROPOSER})),
    (_("Overview"), "reports:overview", frozenset({Role.MANAGER, Role.SECRETARY, Role.CONTROLLER})),
    (_("Committees"), "reports:committee-list", frozenset({Role.READER})),
    (_("Notes"), "reports:note-list", frozenset({Role.SECRETARY, Role.READER})),
    (_("Rounds"), "projects:round-list", frozenset({Role.SECRETARY})),
    (_("Administration"), "admin:index", frozenset()),
)


# Pages that belong to one in the menu without lying below its address.
_BELONGING = {"reports:note-list": ("reports:paper-list",)}


@dataclass(frozen=True)
class MenuItem:
    label: str
    url: str
    is_current: bool


class Site:
    """Looked up only when a template asks, so that pages without a menu cost no query."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.municipality = settings.SITE_MUNICIPALITY

    @cached_property
    def role_set(self) -> frozenset[str]:
        user = getattr(self._request, "user", None)
        return user.role_set if user is not None and user.is_authenticated else frozenset()

    @cached_property
    def roles(self) -> list[str]:
        """Return today's roles in words, in the order roles are listed everywhere."""
        return [str(role.label) for role in Role if role in self.role_set]

    @cached_property
    def home_url(self) -> str:
        return reverse("reports:home")

    @cached_property
    def nav(self) -> list[MenuItem]:
        return [self._item(label, name) for label, name, roles in _PAGES if self._sees(roles)]

    @property
    def header(self) -> SafeString:
        """Return the top of the page, written once for each that looks alike: it is a tenth of a list's time."""
        user = getattr(self._request, "user", None)
        fill = slotted(
            "_header.html",
            ["token"],
            municipality=self.municipality,
            home_url=self.home_url,
            user_name=str(user) if user is not None and user.is_authenticated else "",
            roles=", ".join(self.roles),
            nav=tuple(self.nav),
            enters_absence=self._sees(frozenset({Role.CASEWORKER, Role.MANAGER})),
        )
        return fill(token=get_token(self._request))

    def _sees(self, roles: frozenset[str]) -> bool:
        return bool(self.role_set & (roles | {Role.ADMINISTRATOR}))

    def _item(self, label: str | Promise, name: str) -> MenuItem:
        url = reverse(name)
        path = self._request.path
        # Every address lies below the front page's.
        places = (url, *map(reverse, _BELONGING.get(name, ()))) if url != self.home_url else ()
        return MenuItem(self._label(label, name), url, path == url or path.startswith(places))

    def _label(self, label: str | Promise, name: str) -> str:
        if name == "projects:project-list" and self.role_set == {Role.CASEWORKER}:
            return str(_("My projects"))
        return str(label)


def site(request: HttpRequest) -> dict[str, Site]:
    return {"site": Site(request)}
