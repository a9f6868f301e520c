from django.db import migrations

from projects.freezing import freeze, lift

TABLES = ["reports_publicpaper", "reports_publicpaperapproval"]


class Migration(migrations.Migration):
    dependencies = [("reports", "0020_public_papers")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: freeze(editor.connection, TABLES),
            lambda apps, editor: lift(editor.connection, TABLES),
        )
    ]
