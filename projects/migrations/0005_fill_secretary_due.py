from django.db import migrations
from django.db.models import F


def fill(apps, editor):
    """The note was due when the approvals were: no round had a day of its own for it."""
    apps.get_model("projects", "StatusRound").objects.filter(secretary_due=None).update(secretary_due=F("manager_due"))


class Migration(migrations.Migration):
    dependencies = [("projects", "0004_deadlines_and_mail")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
