from django.db import migrations, models

from projects.freezing import freeze, lift, tables_reading


def lift_all(apps, editor):
    lift(editor.connection, tables_reading(editor.connection, "statussnapshot"))


def freeze_all(apps, editor):
    freeze(editor.connection, tables_reading(editor.connection, "statussnapshot"))


class Migration(migrations.Migration):
    dependencies = [("projects", "0015_worker")]

    operations = [
        migrations.RunPython(lift_all, freeze_all),
        migrations.AddField(
            model_name="statussnapshot",
            name="untold",
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.RunPython(freeze_all, lift_all),
    ]
