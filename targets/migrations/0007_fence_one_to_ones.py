from django.db import migrations

from schools.fences import fence


class Migration(migrations.Migration):
    dependencies = [("targets", "0006_one_to_ones")]
    operations = [fence("Strategy", "OneToOne", "Observation", "Helped")]
