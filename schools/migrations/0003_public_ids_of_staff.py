from uuid import uuid4

from django.db import migrations, models


def give_each_row_its_own(apps, schema_editor):
    """A default would give all rows of today the same id."""
    for name in ("Membership", "Invitation"):
        model = apps.get_model("schools", name)
        for row in model.objects.filter(public_id=None).only("pk"):
            model.objects.filter(pk=row.pk).update(public_id=uuid4())


class Migration(migrations.Migration):
    atomic = False  # PostgreSQL alters no table with rows just written in the same transaction

    dependencies = [("schools", "0002_fences")]

    operations = [
        migrations.AddField("invitation", "emailed_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("invitation", "public_id", models.UUIDField(editable=False, null=True)),
        migrations.AddField("membership", "public_id", models.UUIDField(editable=False, null=True)),
        migrations.RunPython(give_each_row_its_own, migrations.RunPython.noop),
        migrations.AlterField("invitation", "public_id", models.UUIDField(default=uuid4, editable=False, unique=True)),
        migrations.AlterField("membership", "public_id", models.UUIDField(default=uuid4, editable=False, unique=True)),
    ]
