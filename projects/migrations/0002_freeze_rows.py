from django.db import migrations

from projects.freezing import freeze, lift

TABLES = [
    "projects_event",
    "projects_budgetline",
    "projects_posting",
    "projects_proposaldecision",
    "projects_proposalversion",
    "projects_statussnapshot",
    "projects_measurement",
    "projects_breakdownvalue",
    "projects_snapshotreference",
    "projects_attachment",
]


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: freeze(editor.connection, TABLES),
            lambda apps, editor: lift(editor.connection, TABLES),
        )
    ]
