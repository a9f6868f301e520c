import django.db.models.deletion
from django.db import migrations, models

from projects.freezing import freeze, lift

# SQLite builds the table anew for its constraints, and its triggers go with the old one.
VALUES = ["projects_breakdownvalue"]


def _lift(apps, editor):
    lift(editor.connection, VALUES)


def _freeze(apps, editor):
    freeze(editor.connection, VALUES)


class Migration(migrations.Migration):
    dependencies = [("projects", "0016_changes_not_yet_told")]

    operations = [
        migrations.RunPython(_lift, _freeze),
        migrations.RemoveConstraint(
            model_name="breakdownvalue",
            name="one_count_per_row",
        ),
        migrations.AddField(
            model_name="breakdowncategory",
            name="is_column",
            field=models.BooleanField(default=False, verbose_name="column"),
        ),
        migrations.AddField(
            model_name="breakdownvalue",
            name="column",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="column_values",
                to="projects.breakdowncategory",
            ),
        ),
        migrations.AddField(
            model_name="breakdownvalue",
            name="out_of",
            field=models.IntegerField(blank=True, null=True, verbose_name="out of"),
        ),
        migrations.AlterField(
            model_name="breakdown",
            name="kind",
            field=models.CharField(
                choices=[
                    ("split", "Split by category"),
                    ("flow", "In, out and remaining"),
                    ("cross", "Rows by columns"),
                    ("share", "Part of a whole"),
                ],
                default="split",
                max_length=10,
                verbose_name="kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="breakdownvalue",
            constraint=models.UniqueConstraint(
                condition=models.Q(("column__isnull", True)), fields=("snapshot", "category"), name="one_count_per_row"
            ),
        ),
        migrations.AddConstraint(
            model_name="breakdownvalue",
            constraint=models.UniqueConstraint(fields=("snapshot", "category", "column"), name="one_count_per_cell"),
        ),
        migrations.AddConstraint(
            model_name="breakdownvalue",
            constraint=models.CheckConstraint(
                condition=models.Q(("out_of__isnull", True), ("out_of__gte", 0), _connector="OR"),
                name="out_of_is_not_negative",
            ),
        ),
        migrations.RunPython(_freeze, _lift),
    ]
