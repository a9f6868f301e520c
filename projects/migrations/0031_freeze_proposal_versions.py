from django.db import migrations

from projects.freezing import freeze, lift

TABLES = ["projects_proposalversion"]


class Migration(migrations.Migration):
    dependencies = [("projects", "0030_proposal_versions")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: freeze(editor.connection, TABLES),
            lambda apps, editor: lift(editor.connection, TABLES),
        )
    ]
