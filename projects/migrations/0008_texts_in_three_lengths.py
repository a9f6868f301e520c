from django.db import migrations, models

from projects.freezing import freeze, lift, tables_reading

# On SQLite the status's table is built anew, and triggers that read it must not be in the way.


def lift_all(apps, editor):
    lift(editor.connection, tables_reading(editor.connection, "statussnapshot"))


def freeze_all(apps, editor):
    freeze(editor.connection, tables_reading(editor.connection, "statussnapshot"))


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
