from django.db import migrations

from projects.freezing import freeze, lift

TABLES = ["reports_paperfile"]


class Migration(migrations.Migration):
    dependencies = [("reports", "0017_files_of_other_papers")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: freeze(editor.connection, TABLES),
            lambda apps, editor: lift(editor.connection, TABLES),
        )
    ]
