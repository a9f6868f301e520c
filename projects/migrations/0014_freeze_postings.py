from django.db import migrations

from projects.freezing import freeze, lift

TABLES = ["projects_posting"]


class Migration(migrations.Migration):
    dependencies = [("projects", "0013_ledger_import")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: freeze(editor.connection, TABLES),
            lambda apps, editor: lift(editor.connection, TABLES),
        )
    ]
