from django.db import migrations, models

from projects.freezing import freeze, lift, tables_reading


def lift_all(apps, editor):
    lift(editor.connection, tables_reading(editor.connection, "publicpaper"))


def freeze_all(apps, editor):
    freeze(editor.connection, tables_reading(editor.connection, "publicpaper"))


class Migration(migrations.Migration):
    dependencies = [("reports", "0022_letters_have_an_order_and_a_sender")]

    operations = [
        migrations.RunPython(lift_all, freeze_all),
        migrations.AddField(
            model_name="publicpaper",
            name="texts",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.RunPython(freeze_all, lift_all),
    ]
