from django.db import migrations, models

from projects.freezing import freeze, lift

TABLES = ["projects_budgetline"]


def _lift(apps, editor):
    lift(editor.connection, TABLES)


def _freeze(apps, editor):
    freeze(editor.connection, TABLES)


class Migration(migrations.Migration):
    dependencies = [("projects", "0033_tables_as_figures")]

    operations = [
        migrations.RunPython(_lift, _freeze),
        migrations.AddField(
            model_name="budgetline",
            name="account",
            field=models.CharField(blank=True, default="", max_length=40, verbose_name="account"),
        ),
        migrations.RunPython(_freeze, _lift),
        migrations.AlterField(
            model_name="event",
            name="subject",
            field=models.CharField(
                choices=[
                    ("snapshot", "Monthly status"),
                    ("project", "Project"),
                    ("budget_line", "Budget line"),
                    ("proposal", "Proposal"),
                    ("pool", "Pool"),
                    ("import", "Import"),
                    ("ledger_mapping", "Ledger mapping"),
                    ("fiscal_year", "Fiscal year"),
                    ("chart", "Chart of accounts"),
                    ("note", "Note"),
                    ("user", "User"),
                    ("unit", "Unit"),
                    ("committee", "Committee"),
                    ("meeting", "Meeting"),
                    ("round", "Status round"),
                    ("goal", "Strategic goal"),
                    ("track", "Track"),
                    ("target_group", "Target group"),
                    ("legal_basis", "Legal basis"),
                    ("benefit", "Benefit"),
                    ("fte_rate", "Full-time rate"),
                    ("saved_view", "Saved view"),
                    ("price_index", "Price and wage index"),
                    ("note_template", "Headings of notes"),
                ],
                max_length=20,
                verbose_name="about",
            ),
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="to and including")),
                ("number", models.CharField(max_length=40, verbose_name="account")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
            ],
            options={
                "verbose_name": "account",
                "verbose_name_plural": "accounts",
                "ordering": ["number", "valid_from"],
                "constraints": [
                    models.UniqueConstraint(fields=("number", "valid_from"), name="one_account_per_number_and_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="account_dates_in_order",
                        violation_error_message="The last day lies before the first.",
                    ),
                ],
            },
        ),
    ]
