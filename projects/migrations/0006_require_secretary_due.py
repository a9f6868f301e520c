from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0005_fill_secretary_due")]

    operations = [
        migrations.AlterField(
            model_name="statusround", name="secretary_due", field=models.DateField(verbose_name="note due")
        ),
        migrations.AddConstraint(
            model_name="statusround",
            constraint=models.CheckConstraint(
                condition=models.Q(("secretary_due__gte", models.F("manager_due"))),
                name="note_is_due_after_the_approval",
                violation_error_message="The note cannot be due before the approvals.",
            ),
        ),
    ]
