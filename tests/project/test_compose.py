"""Where no container engine runs: every service, variable, command and file that the container files name exists."""

import importlib
import importlib.util
import os
import re
import shutil
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

from config.checks import refuse_unsafe

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ("web", "worker", "beat", "migrate")
NOT_OF_AN_INSTALLATION = {  # read by the settings, and set by nobody who runs this for real schools
    "DATABASE_ROLE": "a release sets it for its own migrate",
    "JOB_LEASE_SECONDS": "shortened by tests of the worker",
    "VAR_DIR": "a second checkout for trying out",
    "XDG_RUNTIME_DIR": "the embedded broker, which real schools do not use",
}
VARIABLE = re.compile(r"\$\{(\w+)(?:(:[-?])([^}]*))?\}")


def example_variables():
    return set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))


def named_in_code():
    """The variables that settings, commands, web server and release name."""
    folders = ("config", "bin", "schools")
    files = [ROOT / "gunicorn.conf.py", *(path for folder in folders for path in (ROOT / folder).rglob("*.py"))]
    return set().union(*(re.findall(r"[\"']([A-Z][A-Z_]+)[\"']", path.read_text()) for path in files))


def variables():
    """Every variable of docker-compose.yml as (name, sign, what follows the sign)."""
    return [match.groups() for match in VARIABLE.finditer((ROOT / "docker-compose.yml").read_text())]


def filled_in(value, given):
    """What compose makes of a value: the variable, or its default after `:-`."""
    return VARIABLE.sub(lambda match: given.get(match[1]) or (match[3] if match[2] == ":-" else ""), str(value))


def environment(service, given):
    """What a container of this service would get, given the variables of .env."""
    return {name: filled_in(value, given) for name, value in service["environment"].items()}


def required():
    """Every variable that compose insists on, filled with something safe."""
    safe = {
        "SECRET_KEY": "q7Rk2vX9mB4tZ8wL1nC6yH3dJ5fG0sPaEeUuIiOoTtRrWwQqAaSsDdFf",
        "ALLOWED_HOSTS": "progress.trust.org",
        "EMAIL_HOST": "mail.trust.org",
        "DEFAULT_FROM_EMAIL": "progress@trust.org",
    }
    return {name: safe.get(name, "secret") for name, sign, _ in variables() if sign == ":?"}


def test_the_services_of_a_real_installation_are_there():
    assert set(SERVICES) == {*OURS, "db", "redis"}


def test_every_service_that_is_named_exists():
    for service in SERVICES.values():
        for other, wanted in service.get("depends_on", {}).items():
            assert wanted["condition"] != "service_healthy" or "healthcheck" in SERVICES[other]
        for volume in service.get("volumes", []):
            assert volume.split(":")[0] in COMPOSE["volumes"]
    hosts = re.findall(r"(?:@|redis://)(\w+):\d+", yaml.safe_dump(SERVICES))
    assert set(hosts) == {"db", "redis"}


@pytest.mark.parametrize("name", ["web", "worker", "beat", "db", "redis"])
def test_every_lasting_service_says_whether_it_is_well_and_starts_again(name):
    assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", OURS)
def test_our_containers_may_do_little(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.django_db  # the web server's door looks at the database role
@pytest.mark.parametrize("name", OURS)
def test_every_command_can_be_run(name):
    for command in (SERVICES[name]["command"], SERVICES[name].get("healthcheck", {"test": ["CMD"]})["test"][1:]):
        assert_runnable(command)


def assert_runnable(command):
    if not command:
        return
    assert shutil.which(command[0], path=f"{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}")
    for word in command[1:]:
        if word.endswith(".py"):
            assert (ROOT / word).is_file()
        elif re.fullmatch(r"[a-z.]+:[a-z]+", word):
            module, name = word.split(":")
            assert hasattr(importlib.import_module(module), name)
        elif word.startswith("config."):
            assert importlib.util.find_spec(word.rpartition(".")[0])


def commands_named_in(path):
    return {first or second for first, second in re.findall(r"manage\.py ([a-z_]+)|\bmanage\(\"([a-z_]+)\"", path.read_text())}


def test_management_commands_that_are_named_exist():
    papers = [*ROOT.glob("docs/**/*.md"), *ROOT.glob("bin/*.py"), ROOT / "README.md", ROOT / "Dockerfile", ROOT / "docker-compose.yml"]
    named = set().union(*(commands_named_in(path) for path in papers))
    assert "migrate" in named
    assert named - set(get_commands()) == set()


def test_example_lists_every_variable_that_compose_asks_for_and_no_other():
    assert example_variables() == {name for name, _, _ in variables()}


def test_every_variable_of_a_container_is_read():
    given = set().union(*(SERVICES[name]["environment"] for name in OURS))
    assert given - named_in_code() == set()


def test_every_variable_that_the_settings_read_reaches_a_container():
    files = [ROOT / name for name in ("gunicorn.conf.py", "config/broker.py", "config/settings/base.py", "config/settings/production.py")]
    read = set().union(*(re.findall(r"environ(?:\.get\(|\[)\"([A-Z_]+)\"", path.read_text()) for path in files))
    given = set().union(*(SERVICES[name]["environment"] for name in OURS))
    assert read - given == set(NOT_OF_AN_INSTALLATION)


def test_no_secret_is_written_down():
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if "PASSWORD" in name or "SECRET" in name:
                assert VARIABLE.fullmatch(value), name
    assert all(value == "" for value in re.findall(r"^(?:SECRET_KEY|\w*PASSWORD)=(.*)$", (ROOT / ".env.example").read_text(), re.M))


@pytest.mark.parametrize("name", OURS)
def test_a_filled_example_is_safe_to_start_with(name):
    assert refuse_unsafe(environment(SERVICES[name], required())) == []


def test_an_empty_example_is_refused():
    assert refuse_unsafe(environment(SERVICES["web"], {})) != []


@pytest.mark.parametrize("name", ["MIGRATOR_DATABASE_URL", "MIGRATOR_PASSWORD", "ADMIN_DATABASE_URL"])
def test_only_the_release_may_pass_the_fences(name):
    assert [service for service in OURS if name in SERVICES[service]["environment"]] == ["migrate"]


def test_image_runs_as_nobody_special_and_copies_what_exists():
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert [line for line in lines if line.startswith("USER ")][-1] == "USER send"
    for line in lines:
        if line.startswith("COPY ") and "--from" not in line:
            assert all((ROOT / source).exists() for source in line.split()[1:-1]), line


def test_secrets_and_data_stay_out_of_the_image():
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".*", "var", "tests", "*.dump"} <= set(ignored)
