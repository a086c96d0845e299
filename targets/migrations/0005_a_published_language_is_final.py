from django.db import migrations

from targets import finality

SKILL_IN_ITS_STRAND = (
    "ALTER TABLE targets_skill ADD CONSTRAINT targets_skill_strand_key UNIQUE (strand_id, id)",
    "ALTER TABLE targets_target ADD CONSTRAINT targets_target_skill_of_its_strand FOREIGN KEY (strand_id, skill_id) "
    "REFERENCES targets_skill (strand_id, id) DEFERRABLE INITIALLY DEFERRED",
)


UNDONE = (
    "ALTER TABLE targets_target DROP CONSTRAINT targets_target_skill_of_its_strand",
    "ALTER TABLE targets_skill DROP CONSTRAINT targets_skill_strand_key",
)


def on_postgresql(*statements):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("targets", "0004_skills_and_descriptors")]
    operations = [
        migrations.RunPython(on_postgresql(*SKILL_IN_ITS_STRAND), on_postgresql(*UNDONE)),
        finality.close(),
    ]
