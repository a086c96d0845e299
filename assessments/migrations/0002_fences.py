from django.db import migrations

from schools.fences import fence


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_rows"), ("targets", "0002_fences")]
    operations = [fence("ReviewCycle", "Review", "Judgement")]
