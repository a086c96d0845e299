from django.db import migrations, models


class Migration(migrations.Migration):
    """Whoever stops in the middle of a long story keeps all of it."""

    dependencies = [("targets", "0012_proposals_subjects_and_importance")]
    operations = [migrations.AlterField("voice", "words", models.TextField(blank=True))]
