from django.db import migrations, models

from projects.freezing import freeze, lift, tables_reading


def lift_all(apps, editor):
    lift(editor.connection, tables_reading(editor.connection, "publicedition"))


def freeze_all(apps, editor):
    freeze(editor.connection, tables_reading(editor.connection, "publicedition"))


class Migration(migrations.Migration):
    dependencies = [("reports", "0018_freeze_files_of_other_papers")]

    operations = [
        migrations.RunPython(lift_all, freeze_all),
        migrations.AddField(
            model_name="publicedition",
            name="told_before",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.RunPython(freeze_all, lift_all),
    ]
