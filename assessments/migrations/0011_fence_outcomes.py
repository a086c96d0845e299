from django.db import migrations

from schools.fences import fence


class Migration(migrations.Migration):
    dependencies = [("assessments", "0010_outcomes"), ("pupils", "0002_fences")]
    operations = [fence("OutcomeMeasure", "OutcomeValue")]
