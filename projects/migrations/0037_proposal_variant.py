from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0036_co_authors")]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="variant",
            field=models.CharField(
                choices=[("long", "Long form"), ("short", "Short form, without others responsible and schedule")],
                default="long",
                max_length=10,
                verbose_name="form",
            ),
        ),
    ]
