from typing import Any

from django.db import migrations, models

OF_EVERYBODY = models.Q(("publication", None), ("slice", "all"), _connector="OR")


def count_anew(apps: Any, schema_editor: Any) -> None:
    """Ask for the figures of every cycle, as they were counted before there were slices. The worker finds the jobs by itself."""
    cycles = apps.get_model("assessments", "ReviewCycle").objects.order_by("pk").values_list("pk", "school")
    job = apps.get_model("reports", "Job")
    job.objects.bulk_create(job(key=f"summary:{pk}:slices", kind="summary", school_id=school, row_id=pk) for pk, school in cycles)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0013_fence_reminders"), ("reports", "0006_fence_finishing")]
    operations = [
        migrations.AddConstraint("cyclesummary", models.CheckConstraint(condition=OF_EVERYBODY, name="published_figures_are_of_everybody")),
        migrations.AddConstraint("reviewsummary", models.CheckConstraint(condition=OF_EVERYBODY, name="published_work_is_of_everybody")),
        migrations.RunPython(count_anew, migrations.RunPython.noop),
    ]
