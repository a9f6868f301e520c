from django.db import migrations

from projects.freezing import freeze, lift

TABLES = ["reports_publicedition", "reports_publicapproval"]


class Migration(migrations.Migration):
    dependencies = [("reports", "0009_public_editions")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: freeze(editor.connection, TABLES),
            lambda apps, editor: lift(editor.connection, TABLES),
        )
    ]
