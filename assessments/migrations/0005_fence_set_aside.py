from django.db import migrations

from schools.fences import fence


class Migration(migrations.Migration):
    dependencies = [("assessments", "0004_who_drafted_and_what_was_set_aside")]
    operations = [fence("SetAside")]
