"""What the commands about a target language have in common."""

from django.core.management.base import CommandError

from schools.models import Partnership


def partnership_of(slug: str) -> Partnership:
    """Return the partnership that an option names."""
    partnership = Partnership.objects.filter(slug=slug).first()
    if partnership is None:
        raise CommandError(f"There is no partnership {slug!r}. `manage.py create_partnership` makes one.")
    return partnership
