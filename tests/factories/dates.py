"""The days the factories use: the first round of statuses, November 2017. Roles and codes hold since 2010."""

from datetime import UTC, date, datetime

SINCE = date(2010, 1, 1)
MONTH = date(2017, 11, 1)
MEETING = date(2017, 12, 4)
MOMENT = datetime(2017, 11, 27, 9, 0, tzinfo=UTC)
