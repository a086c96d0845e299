from django.db import migrations

from schools.fences import fence


class Migration(migrations.Migration):
    dependencies = [("pupils", "0001_rows"), ("schools", "0002_fences")]
    operations = [fence("Pupil", "KeyWorker", "SupportStatus", "Need", "Profile", "Contact", "RollImport")]
