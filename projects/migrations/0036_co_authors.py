from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0035_paper_subject")]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="co_authors",
            field=models.ManyToManyField(
                blank=True, related_name="shared_proposals", to=settings.AUTH_USER_MODEL, verbose_name="co-authors"
            ),
        ),
    ]
