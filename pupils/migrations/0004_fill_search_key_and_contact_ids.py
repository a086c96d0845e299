from typing import Any
from uuid import uuid4

from django.db import migrations

from pupils.names import search_key

BATCH = 500


def fill(apps: Any, schema_editor: Any) -> None:
    """Give each pupil the folded names, and each contact an id of its own."""
    pupils, contacts = [], []
    for pupil in apps.get_model("pupils", "Pupil").objects.iterator(BATCH):
        names = (pupil.preferred_forename or pupil.forename, pupil.preferred_surname or pupil.surname, pupil.forename, pupil.surname)
        pupil.search_key = search_key(names)[:600]
        pupils.append(pupil)
    for contact in apps.get_model("pupils", "Contact").objects.only("pk").iterator(BATCH):
        contact.public_id = uuid4()
        contacts.append(contact)
    apps.get_model("pupils", "Pupil").objects.bulk_update(pupils, ["search_key"], BATCH)
    apps.get_model("pupils", "Contact").objects.bulk_update(contacts, ["public_id"], BATCH)


class Migration(migrations.Migration):
    dependencies = [("pupils", "0003_search_key_and_profile_editions")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
