from django.db import migrations

from schools.fences import fence


class Migration(migrations.Migration):
    dependencies = [("assessments", "0012_reminders")]
    operations = [fence("Reminder")]
