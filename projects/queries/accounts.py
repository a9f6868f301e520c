"""The chart of accounts as other rows are held against it."""

from projects.models import Account
from projects.rules.accounts import Period, chart_of

Chart = dict[str, list[Period]]


def chart() -> Chart:
    """Return the chart, empty when none is loaded. One query."""
    return chart_of(Account.objects.values_list("number", "valid_from", "valid_to"))
