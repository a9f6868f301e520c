from django.db import migrations, models

from projects.freezing import FROZEN, freeze, lift


def frozen_tables(connection):
    """Return the tables whose triggers read the status: SQLite builds its table anew, and they must not be in the way."""
    there = set(connection.introspection.table_names())
    return [
        table for table, (when, _changes) in FROZEN.items() if table in there and "statussnapshot" in f"{table} {when}"
    ]


def lift_all(apps, editor):
    lift(editor.connection, frozen_tables(editor.connection))


def freeze_all(apps, editor):
    freeze(editor.connection, frozen_tables(editor.connection))


class Migration(migrations.Migration):
    dependencies = [("projects", "0007_state_pools")]

    operations = [
        migrations.RunPython(lift_all, freeze_all),
        migrations.AddField(
            model_name="statussnapshot",
            name="summary_manager",
            field=models.TextField(blank=True, default="", verbose_name="the manager's summary"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="statussnapshot",
            name="summary_short",
            field=models.TextField(blank=True, default="", verbose_name="three lines for politicians"),
            preserve_default=False,
        ),
        migrations.RunPython(freeze_all, lift_all),
    ]
