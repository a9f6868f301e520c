"""A case story can be sent back to its author with a reason."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0044_statuses_by_state")]

    operations = [
        migrations.AddField(
            model_name="casestory",
            name="return_reason",
            field=models.TextField(blank=True, default="", verbose_name="reason"),
        ),
        migrations.AddField(
            model_name="casestory",
            name="returned_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="casestory",
            name="state",
            field=models.CharField(
                choices=[("draft", "Draft"), ("read", "Read"), ("returned", "Returned"), ("approved", "Approved")],
                default="draft",
                max_length=10,
                verbose_name="state",
            ),
        ),
    ]
