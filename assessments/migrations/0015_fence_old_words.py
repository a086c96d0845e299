from django.db import migrations

from schools.fences import fence


class Migration(migrations.Migration):
    dependencies = [("assessments", "0014_old_words")]
    operations = [fence("OldWord")]
