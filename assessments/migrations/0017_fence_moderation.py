from django.db import migrations

from schools.fences import fence, fence_published


class Migration(migrations.Migration):
    dependencies = [("assessments", "0016_moderation")]
    operations = [fence("ModerationConsent", "ModerationSample"), fence_published("ModerationMark", where="step IS NOT NULL")]
