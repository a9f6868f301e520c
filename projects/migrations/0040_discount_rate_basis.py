from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0039_mail_of_returned_statuses")]

    operations = [
        migrations.AddField(
            model_name="pool",
            name="discount_rate_basis",
            field=models.CharField(blank=True, max_length=250, verbose_name="what the discount rate rests on"),
        ),
    ]
