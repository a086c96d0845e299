from django.db import migrations

from schools.fences import fence_reference


class Migration(migrations.Migration):
    dependencies = [("assessments", "0018_said_words_are_set_aside")]
    operations = [fence_reference("SetAside", "review")]
