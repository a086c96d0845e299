from django.db import migrations

from schools.fences import fence, fence_log


class Migration(migrations.Migration):
    dependencies = [("schools", "0001_rows")]
    operations = [fence("CycleDates"), fence_log("AuditEvent")]
