from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0040_discount_rate_basis")]

    operations = [
        migrations.AddField(
            model_name="pool",
            name="form_variant",
            field=models.CharField(
                choices=[("long", "Long form"), ("short", "Short form, without others responsible and schedule")],
                default="long",
                max_length=10,
                verbose_name="form of new proposals",
            ),
        ),
    ]
