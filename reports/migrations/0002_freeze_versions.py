from django.db import migrations

from projects.freezing import freeze, lift

TABLES = ["reports_noteversion", "reports_noteversion_snapshots"]


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("projects", "0002_freeze_rows")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: freeze(editor.connection, TABLES),
            lambda apps, editor: lift(editor.connection, TABLES),
        )
    ]
