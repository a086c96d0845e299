from django.db import migrations

from schools.fences import fence


class Migration(migrations.Migration):
    dependencies = [("targets", "0008_planned_days")]
    operations = [fence("PlannedDay")]
