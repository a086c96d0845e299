from django.db import migrations

from schools.fences import fence


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_reviews_completed_together"), ("assessments", "0007_why_a_review_was_opened_again")]
    operations = [fence("Finishing")]
