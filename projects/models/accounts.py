"""The municipality's chart of accounts, as its finance system gives it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.models.people import DatedModel, dates_in_order


class Account(DatedModel):
    """An account, or the part of one that all accounts below it begin with. `number` is as people write it."""

    number = models.CharField(_("account"), max_length=40)
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["number", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["number", "valid_from"], name="one_account_per_number_and_day"),
            dates_in_order("account_dates_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"
