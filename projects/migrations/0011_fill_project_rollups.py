from collections import defaultdict

from django.db import migrations
from django.db.models import Sum
from django.db.models.functions import ExtractYear

AFTER_Z = str.maketrans({"æ": "{a", "ä": "{a", "ø": "{b", "ö": "{b", "å": "{c", "ü": "y", "é": "e"})


def by_year(rows):
    found = defaultdict(dict)
    for project, year, amount in rows.order_by().values_list("project_id", "year").annotate(Sum("amount")):
        found[project][year] = amount
    return found


def money(granted, spent, forecast, year):
    """Return the columns of one year, or (None) of all years, as the product computed them when they came."""
    decided = [amount for at, amount in granted.items() if year in (None, at)]
    total = sum(decided) if decided else None
    posted = sum(amount for at, amount in spent.items() if year in (None, at))
    columns = {"granted": total, "spent": posted, "rest": None if total is None else total - posted}
    if forecast is not None:
        month, amount = forecast
        expected = amount + sum(before for at, before in spent.items() if at < month.year)
        by_then = [each for at, each in granted.items() if at <= month.year]
        deviation = expected - sum(by_then) if by_then else None
        columns |= {"forecast": amount, "forecast_month": month, "expected": expected, "deviation": deviation}
    return columns


def fill(apps, schema_editor):
    get = lambda name: apps.get_model("projects", name)  # noqa: E731
    granted = by_year(get("BudgetLine").objects.all())
    spent = by_year(get("Posting").objects.annotate(year=ExtractYear("posted_on")))
    forecasts, sent_lights, approved_lights = defaultdict(dict), {}, {}
    sent = get("StatusSnapshot").objects.filter(state__in=["submitted", "approved"]).order_by("month", "revision")
    for project, month, state, light, forecast in sent.values_list(
        "project_id", "month", "state", "light_overall", "forecast"
    ):
        sent_lights[project] = light
        if state == "approved":
            approved_lights[project] = light
        if forecast is not None:
            forecasts[project][month.year] = forecasts[project][None] = (month, forecast)
    standings, years = [], []
    for pk, name in get("Project").objects.values_list("pk", "name"):
        own = granted.get(pk, {}), spent.get(pk, {})
        columns = money(*own, forecasts[pk].get(None), None)
        deviation = columns.get("deviation")
        standings.append(
            get("ProjectStanding")(
                project_id=pk,
                name_key=name.casefold().replace("aa", "å").translate(AFTER_Z)[:250],
                light_sent=sent_lights.get(pk, ""),
                light_approved=approved_lights.get(pk, ""),
                deviation_key=-(10**15) if deviation is None else deviation,
                **columns,
            )
        )
        for year in sorted({*own[0], *own[1], *(year for year in forecasts[pk] if year)}):
            columns = money(*own, forecasts[pk].get(year), year)
            years.append(get("ProjectYear")(project_id=pk, year=year, **columns))
    get("ProjectStanding").objects.bulk_create(standings, batch_size=500)
    get("ProjectYear").objects.bulk_create(years, batch_size=500)


def empty(apps, schema_editor):
    apps.get_model("projects", "ProjectYear").objects.all().delete()
    apps.get_model("projects", "ProjectStanding").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("projects", "0010_project_rollups")]

    operations = [migrations.RunPython(fill, empty)]
