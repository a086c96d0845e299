from django.db import migrations

from schools.fences import fence


class Migration(migrations.Migration):
    dependencies = [("targets", "0001_rows"), ("pupils", "0002_fences")]
    operations = [fence("Target")]
