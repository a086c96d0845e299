from uuid import uuid4

from django.db import migrations, models

from schools.fences import fence


class Migration(migrations.Migration):
    dependencies = [("pupils", "0004_fill_search_key_and_contact_ids")]
    operations = [
        migrations.AlterField("contact", "public_id", models.UUIDField(default=uuid4, editable=False)),
        migrations.AddConstraint("contact", models.UniqueConstraint(fields=["school", "public_id"], name="contact_public_id_once")),
        fence("ProfileEdition"),
    ]
