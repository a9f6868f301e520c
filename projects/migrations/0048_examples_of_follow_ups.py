from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0047_statuses_that_wait")]

    operations = [
        migrations.AddField(
            model_name="followup",
            name="example_note",
            field=models.CharField(blank=True, max_length=200, verbose_name="example data"),
        ),
    ]
