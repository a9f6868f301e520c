"""The page a proposal is written on, as somebody has it: its form and its rows.

Every field has a mark in `base`, so that it can be told later which of them somebody has changed.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.actions.proposal_money import CostValue, ReturnValue
from projects.forms.field_entry import FieldDifference, base_of, chosen_theirs, field_differences
from projects.forms.paybacks import EXPECTED, ReturnRows, first_values
from projects.forms.proposals import CostRows, ProposalForm, opened, opened_costs
from projects.forms.stored_text import as_typed, shown, typed_data
from projects.models import Proposal, User

COSTS, RETURNS = "costs", "returns"


@dataclass(frozen=True)
class ProposalEntry:
    """The form and its two kinds of rows, which are checked and stored together."""

    form: ProposalForm
    costs: Any
    returns: Any
    base: str = ""

    @classmethod
    def stored(cls, user: User, proposal: Proposal) -> "ProposalEntry":
        """Return the page as it is stored. About ten queries."""
        entry = cls(
            ProposalForm(user=user, proposal=proposal, initial=opened(proposal)),
            CostRows(prefix=COSTS, initial=opened_costs(proposal.costs.all(), first_year(proposal))),
            ReturnRows(prefix=RETURNS, initial=first_values(proposal.returns.all(), EXPECTED)),
        )
        return replace(entry, base=base_of(entry.texts()))

    @classmethod
    def posted(cls, user: User, proposal: Proposal | None, data: QueryDict) -> "ProposalEntry":
        """Return what was posted, with the stored value of each field where the person chose it."""
        chosen = chosen_theirs(data)
        if chosen and proposal is not None:
            data = cls.stored(user, proposal)._put_into(data, chosen)
        form = ProposalForm(data, user=user, proposal=proposal)
        costs, returns = CostRows(data, prefix=COSTS), ReturnRows(data, prefix=RETURNS)
        return cls(form, costs, returns, data.get("base", ""))

    @classmethod
    def checked(cls, user: User, proposal: Proposal) -> "ProposalEntry":
        """Return the page as it is stored as if just typed, so that what is missing can be said in its place."""
        return cls.posted(user, proposal, cls.stored(user, proposal)._as_posted())

    def is_valid(self) -> bool:
        """Return whether all hold. Each is asked, so that everything wrong is said at once."""
        return not [part for part in (self.form, self.costs, self.returns) if not part.is_valid()]

    @property
    def expected_version(self) -> int:
        return self.form.cleaned_data.get("version") or 0

    @property
    def lines(self) -> dict[str, list[CostValue] | list[ReturnValue]]:
        return {"costs": self.costs.costs, "returns": self.returns.returns}

    def texts(self) -> dict[str, str]:
        """Return each field's value in words, by its name; the rows of a kind are one field."""
        own = {field.name: shown(field).replace("\r\n", "\n").strip() for field in self.form if not field.is_hidden}
        return own | {COSTS: _in_lines(self.costs), RETURNS: _in_lines(self.returns)}

    def differences(self, stored: "ProposalEntry") -> list[FieldDifference]:
        """Return where the two differ; mine is chosen where I have changed it since the page was opened."""
        return field_differences(
            stored.texts(), self.texts(), self.base, label=self._label, shown=lambda _name, text: text
        )

    def _label(self, name: str) -> str:
        rows = {COSTS: _("Economy per year"), RETURNS: _("Expected return")}
        return rows.get(name) or str(self.form.fields[name].label)

    def _as_posted(self) -> QueryDict:
        return typed_data(self.form, *_forms_of(self.costs), *_forms_of(self.returns))

    def _put_into(self, data: QueryDict, names: set[str]) -> QueryDict:
        """Return the posted data with the stored values of these fields."""
        typed = data.copy()
        own = as_typed(self.form)
        for name in names & own.keys():
            typed.setlist(name, own[name])
        for prefix, rows in ((COSTS, self.costs), (RETURNS, self.returns)):
            if prefix in names:
                for key in [key for key in typed if key.startswith(f"{prefix}-")]:
                    del typed[key]
                for key, values in typed_data(*_forms_of(rows)).lists():
                    typed.setlist(key, values)
        return typed


def first_year(proposal: Proposal | None) -> int:
    """Return the year to suggest for a new line: the pool's first, else this one."""
    frame = proposal.pool.years.order_by("year").first() if proposal else None
    return frame.year if frame else timezone.localdate().year


def _forms_of(rows: Any) -> list[Any]:
    return [rows.management_form, *rows.forms]


def _in_lines(rows: Any) -> str:
    return "\n".join(" · ".join(shown(field) for field in row if shown(field)) for row in rows if not row.is_empty)
