"""What the commands that make partnerships and schools have in common."""

from argparse import ArgumentParser
from urllib.parse import urljoin

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.urls import reverse

from schools.addresses import site_address
from schools.services.invitations import InvitationRefused, LinkFor


def add_address(parser: ArgumentParser) -> None:
    parser.add_argument("--address", default=site_address(), help="where people open this site; used in the link (default: %(default)s)")


def link_for(address: str) -> LinkFor:
    """Return what turns a token into the address that an invited person opens."""
    return lambda token: urljoin(address, reverse("invitation", args=[token]))


def refusal(error: ValidationError | InvitationRefused) -> CommandError:
    """Say in one line each what was wrong, with the option that it belongs to."""
    if isinstance(error, InvitationRefused):
        return CommandError(str(error))
    lines = [f"{name}: {words}" for name, several in error.message_dict.items() for words in several]
    return CommandError("Nothing was made.\n" + "\n".join(lines))
