from django.db import migrations

from projects.freezing import freeze, lift

TABLES = [
    "reports_noteversion",
    "reports_noteversion_snapshots",
    "reports_notefile",
    "reports_publicedition",
    "reports_publicapproval",
    "reports_issuedpaper",
    "reports_paperfile",
    "reports_publicpaper",
    "reports_publicpaperapproval",
]


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: freeze(editor.connection, TABLES),
            lambda apps, editor: lift(editor.connection, TABLES),
        )
    ]
