from django.db import migrations, models
from django.db.models import Q


def name_the_reason(apps, schema_editor):
    """Reviews paused so far have words only."""
    reviews = apps.get_model("assessments", "Review")._base_manager
    reviews.filter(status__in=["waiting", "on_hold"]).update(paused_because="other")


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0005_fence_set_aside"),
    ]

    operations = [
        migrations.AddField(
            model_name="review",
            name="paused_because",
            field=models.CharField(
                blank=True,
                default="",
                choices=[
                    ("parents", "Parents"),
                    ("professional", "An educational psychologist or another professional"),
                    ("absent", "The pupil is away"),
                    ("ill", "Illness or hospital"),
                    ("moving", "A move to another school"),
                    ("family", "The family asked us to wait"),
                    ("other", "Another reason"),
                ],
                max_length=12,
            ),
            preserve_default=False,
        ),
        migrations.RunPython(name_the_reason, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=~Q(status__in=["waiting", "on_hold"], paused_because=""), name="paused_review_has_its_reason"
            ),
        ),
    ]
