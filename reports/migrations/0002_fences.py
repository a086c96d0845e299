from django.db import migrations

from schools.fences import fence, fence_published


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_rows"), ("assessments", "0002_fences")]
    operations = [fence("Letter"), fence_published("Publication", "CycleSummary", "ReviewSummary")]
