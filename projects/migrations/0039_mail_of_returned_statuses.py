"""What is handed back is told by mail at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0038_commitments")]

    operations = [
        migrations.AlterField(
            model_name="mailmessage",
            name="kind",
            field=models.CharField(
                choices=[
                    ("digest", "Reminder"),
                    ("meeting_moved", "Meeting moved"),
                    ("stand_in", "Stand-in"),
                    ("handover", "Handover"),
                    ("returned", "Returned status"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
    ]
