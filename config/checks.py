"""What real schools must not be served with. Pure: environment in, reasons out, so that each one has its test."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

SHORTEST_SECRET = 50
FEWEST_DIFFERENT_CHARACTERS = 10
EXAMPLE_SECRETS = ("django-insecure", "change-me", "changeme", "for-tests-only")


def refuse_unsafe(env: Mapping[str, str]) -> list[str]:
    """Say every reason not to start with this environment, each naming its variable and the way out; empty when safe."""
    return [*_secret(env), *_debug(env), *_hosts(env), *_origins(env), *_database(env), *_redis(env), *_mail(env)]


def _secret(env: Mapping[str, str]) -> Iterator[str]:
    secret = env.get("SECRET_KEY", "")
    if not secret:
        yield "SECRET_KEY is not set: give it 50 or more random characters"
    elif any(example in secret.lower() for example in EXAMPLE_SECRETS):
        yield "SECRET_KEY is one from an example: give it 50 or more random characters of your own"
    elif len(secret) < SHORTEST_SECRET or len(set(secret)) < FEWEST_DIFFERENT_CHARACTERS:
        yield "SECRET_KEY is too easy to guess: give it 50 or more random characters"


def _debug(env: Mapping[str, str]) -> Iterator[str]:
    if env.get("DEBUG", "").lower() not in ("", "0", "false", "no", "off"):
        yield "DEBUG is on: it shows pupils' data on error pages; remove the variable"


def _hosts(env: Mapping[str, str]) -> Iterator[str]:
    hosts = _listed(env, "ALLOWED_HOSTS")
    if not hosts:
        yield "ALLOWED_HOSTS is empty: name the host that people type, such as progress.yourtrust.org"
    if any("*" in host for host in hosts):
        yield "ALLOWED_HOSTS contains *: name the hosts one by one, separated by commas"


def _origins(env: Mapping[str, str]) -> Iterator[str]:
    if any(not origin.startswith("https://") or "*" in origin for origin in _listed(env, "CSRF_TRUSTED_ORIGINS")):
        yield "CSRF_TRUSTED_ORIGINS holds something other than whole https:// addresses"


def _listed(env: Mapping[str, str], name: str) -> list[str]:
    return [item.strip() for item in env.get(name, "").split(",") if item.strip()]


def _database(env: Mapping[str, str]) -> Iterator[str]:
    url = urlsplit(env.get("DATABASE_URL", ""))
    if not url.scheme:
        yield "DATABASE_URL is not set: real schools need PostgreSQL, whose row-level security is the last fence between them"
    elif url.scheme not in ("postgres", "postgresql"):
        yield f"DATABASE_URL is {url.scheme}: real schools need PostgreSQL, whose row-level security is the last fence between them"
    elif url.username == "postgres":
        yield "DATABASE_URL signs in as postgres, a superuser: use the application's role, see manage.py setup_database_roles"


def _redis(env: Mapping[str, str]) -> Iterator[str]:
    scheme = urlsplit(env.get("REDIS_URL", "")).scheme
    if scheme not in ("redis", "rediss", "redis+socket"):
        yield "REDIS_URL is not set to a redis:// or rediss:// address: without it no letter is ever made"


def _mail(env: Mapping[str, str]) -> Iterator[str]:
    if not env.get("EMAIL_HOST"):
        yield "EMAIL_HOST is not set: nobody could be invited"
    sender = env.get("DEFAULT_FROM_EMAIL", "")
    if "@" not in sender or sender.rstrip(">").endswith(".example"):
        yield "DEFAULT_FROM_EMAIL is not an address of yours: invitations would come from nobody"
    if env.get("EMAIL_HOST_PASSWORD") and env.get("EMAIL_USE_TLS", "1") != "1":
        yield "EMAIL_USE_TLS is off while EMAIL_HOST_PASSWORD is set: the password would travel in clear"
