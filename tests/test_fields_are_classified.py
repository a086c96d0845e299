"""Every model says whom its rows are about and how long they are kept, and every column what it holds."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

REGISTER = tomllib.loads(Path(settings.BASE_DIR, "config", "privacy.toml").read_text())
OURS = {"schools", "pupils", "targets", "assessments", "reports"}
MODELS = [model for model in apps.get_models() if model._meta.app_label in OURS]
HOLDS = ("identity", "special", "words", "facts", "technical", "public")
SUBJECTS = {"pupil", "family", "staff", "nobody"}
ERASURES = {"delete", "blank", "keep"}


def faults(model: type[models.Model], register: dict) -> list[str]:
    """Say what the register lacks or has too much for one model."""
    entry = register.get(model._meta.label)
    if entry is None:
        return ["is not in the register"]
    listed = [name for holds in HOLDS for name in entry.get(holds, [])]
    columns = [field.name for field in model._meta.concrete_fields]
    return (
        [f"{name} is not classified" for name in columns if name not in listed]
        + [f"{name} is classified but is no column" for name in listed if name not in columns]
        + [f"{name} is classified twice" for name in {*listed} if listed.count(name) > 1]
        + [f"{key} is missing" for key in ("subject", "path", "keep", "erase") if key not in entry]
    )


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_column_is_classified(model: type[models.Model]) -> None:
    assert faults(model, REGISTER) == []
    assert REGISTER[model._meta.label]["subject"] in SUBJECTS
    assert REGISTER[model._meta.label]["erase"] in ERASURES


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_rows_about_a_pupil_lead_to_the_pupil_and_can_be_erased(model: type[models.Model]) -> None:
    entry = REGISTER[model._meta.label]
    if entry["subject"] not in ("pupil", "family"):
        assert entry.get("special", []) == []
        return
    assert entry["erase"] == "delete"
    assert all(leads_to_pupil(model, path) for path in entry["path"].split(" or "))


def leads_to_pupil(model: type[models.Model], path: str) -> bool:
    for part in path.split("__") if path else []:
        model = model._meta.get_field(part).related_model  # type: ignore[assignment]
    return model._meta.label == "pupils.Pupil"


def test_the_register_names_no_model_that_is_gone() -> None:
    assert {*REGISTER} == {model._meta.label for model in MODELS}


def test_a_new_column_is_found() -> None:
    class Stray(models.Model):
        diary = models.TextField()

        class Meta:
            app_label = "strays"

    assert faults(Stray, REGISTER) == ["is not in the register"]
    known = {"strays.Stray": {"subject": "nobody", "path": "", "keep": "", "erase": "keep", "technical": ["id", "gone"]}}
    assert faults(Stray, known) == ["diary is not classified", "gone is classified but is no column"]
    del apps.all_models["strays"]
