from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0041_form_of_new_proposals")]

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
                    ("co_author", "Co-author of a proposal"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
    ]
