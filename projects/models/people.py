"""Users, units, and who stands for what from when to when."""

from datetime import date
from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.enums import AbsenceKind, ReminderChoice, Role, UnitKind


def valid_on(day: date, prefix: str = "") -> Q:
    """Return the condition for rows whose valid_from/valid_to (open-ended when null) cover the day."""
    return Q(**{f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": day})
    )


class User(AbstractUser):
    """A colleague. Rights come from dated role assignments, not from Django's groups."""

    title = models.CharField(_("job title"), max_length=100, blank=True)
    reminders = models.CharField(
        _("reminders"), max_length=20, choices=ReminderChoice.choices, default=ReminderChoice.BEFORE_AND_AFTER
    )

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["first_name", "last_name", "username"]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @cached_property
    def current_assignments(self) -> list["RoleAssignment"]:
        """Return today's role assignments. One query, once per request."""
        return list(self.role_assignments.filter(valid_on(timezone.localdate())))

    @cached_property
    def role_set(self) -> frozenset[str]:
        """Return today's roles; a superuser is an administrator too."""
        roles = {assignment.role for assignment in self.current_assignments}
        return frozenset((roles | {Role.ADMINISTRATOR}) if self.is_superuser else roles)

    def unit_ids(self, role: str) -> set[int] | None:
        """Return the units the role is held for, with every unit below; None means every unit. One query."""
        held = [assignment.unit_id for assignment in self.current_assignments if assignment.role == role]
        if None in held:
            return None
        return OrgUnit.objects.ids_below(held) if held else set()


class OrgUnitQuerySet(models.QuerySet["OrgUnit"]):
    def ids_below(self, unit_ids: list[int | None]) -> set[int]:
        """Return the ids given and those of every unit below them. One query."""
        children: dict[int | None, list[int]] = {}
        for pk, parent_id in OrgUnit.objects.values_list("pk", "parent_id"):
            children.setdefault(parent_id, []).append(pk)
        found: set[int] = set()
        waiting = [pk for pk in unit_ids if pk is not None]
        while waiting:
            pk = waiting.pop()
            if pk not in found:
                found.add(pk)
                waiting.extend(children.get(pk, []))
        return found


class OrgUnit(models.Model):
    """A unit in the municipality's tree, or a partner outside it."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind.choices, default=UnitKind.INTERNAL)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )

    objects = OrgUnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("id")), name="orgunit_is_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Raise ring: in a ring of units everybody would be over everybody. One query."""
        below = OrgUnit.objects.ids_below([self.pk]) - {self.pk} if self.pk else set()
        if self.parent_id in below:
            error = ValidationError(_("A unit cannot be part of a unit below it."), code="ring")
            raise ValidationError({"parent": error})


class DatedModel(models.Model):
    """Something that holds from a day, to a day or until further notice."""

    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to and including"), null=True, blank=True)

    class Meta:
        abstract = True


def dates_in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
        name=name,
        violation_error_message=_("The last day lies before the first."),
    )


class RoleAssignment(DatedModel):
    """A role a user holds, for a unit and all below it, or (without a unit) for the whole municipality."""

    user = models.ForeignKey(User, models.CASCADE, related_name="role_assignments", verbose_name=_("user"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    unit = models.ForeignKey(
        OrgUnit, models.PROTECT, null=True, blank=True, related_name="role_assignments", verbose_name=_("unit")
    )

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["user", "role", "valid_from"]
        constraints = [dates_in_order("role_assignment_dates_in_order")]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class Absence(DatedModel):
    """A colleague is away and owes nothing meanwhile. Who acts for them are its stand-ins, if there are any."""

    user = models.ForeignKey(User, models.CASCADE, related_name="absences", verbose_name=_("absent"))
    kind = models.CharField(_("kind"), max_length=20, choices=AbsenceKind.choices, default=AbsenceKind.HOLIDAY)

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["valid_from", "user"]
        constraints = [dates_in_order("absence_dates_in_order")]
        indexes = [models.Index(fields=["user", "valid_from"], name="absence_by_user")]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_kind_display()}"


class StandIn(DatedModel):
    """One colleague acting for another for a while, with all that falls due meanwhile.

    `project` None: on all the absent's projects. `absence` is the one it was given for, and ends with it.
    """

    absent = models.ForeignKey(User, models.CASCADE, related_name="stand_ins", verbose_name=_("absent"))
    project = models.ForeignKey(
        "projects.Project", models.CASCADE, null=True, blank=True, related_name="stand_ins", verbose_name=_("project")
    )
    absence = models.ForeignKey(
        Absence, models.CASCADE, null=True, blank=True, related_name="stand_ins", editable=False
    )
    stand_in = models.ForeignKey(User, models.CASCADE, related_name="stands_in_for", verbose_name=_("stand-in"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("stand-in")
        verbose_name_plural = _("stand-ins")
        ordering = ["-valid_from"]
        constraints = [
            dates_in_order("stand_in_dates_in_order"),
            models.CheckConstraint(
                condition=~Q(absent=F("stand_in")),
                name="nobody_stands_in_for_themselves",
                violation_error_message=_("Choose another colleague as stand-in."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stand_in} → {self.absent}"
