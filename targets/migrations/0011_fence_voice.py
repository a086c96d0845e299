from django.db import migrations

from schools.fences import fence


class Migration(migrations.Migration):
    dependencies = [("targets", "0010_voice")]
    operations = [fence("VoiceScale", "VoiceVisit", "Voice")]
