from django.db import migrations

from schools.fences import fence


class Migration(migrations.Migration):
    dependencies = [("assessments", "0008_agreed_actions")]
    operations = [fence("AgreedAction")]
