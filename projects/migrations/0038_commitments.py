import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import projects.fields


class Migration(migrations.Migration):
    dependencies = [("projects", "0037_proposal_variant")]

    operations = [
        migrations.AddField(
            model_name="projectstanding",
            name="committed",
            field=projects.fields.MoneyField(default=0),
        ),
        migrations.AddField(
            model_name="projectyear",
            name="committed",
            field=projects.fields.MoneyField(default=0),
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", projects.fields.MoneyField(verbose_name="amount")),
                ("text", models.CharField(max_length=200, verbose_name="text")),
                ("expected_on", models.DateField(verbose_name="expected to be posted")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                (
                    "end",
                    models.CharField(
                        blank=True,
                        choices=[("posted", "Posted"), ("released", "Released")],
                        max_length=10,
                        verbose_name="what became of it",
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "commitment",
                "verbose_name_plural": "commitments",
                "ordering": ["expected_on", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("end", "")),
                        fields=["project", "expected_on", "amount"],
                        name="commitment_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="commitment_is_positive")
                ],
            },
        ),
    ]
