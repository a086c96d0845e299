"""manage.py invite_lead --partnership SLUG [--role governor] ADDRESS: for a partnership whose lead left, or that gets a governor."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from schools.management.inviting import add_address, link_for, refusal
from schools.models import Partnership, Role
from schools.models.people import PARTNERSHIP_ROLES
from schools.services.invitations import InvitationRefused
from schools.services.partnerships import invite_to_partnership


class Command(BaseCommand):
    help = "Invite the lead or a governor of a partnership that is there: they get an e-mail, and the link is printed too."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="ADDRESS")
        parser.add_argument("--partnership", required=True, metavar="SLUG")
        parser.add_argument(
            "--role", choices=[str(role) for role in PARTNERSHIP_ROLES], default=str(Role.LEAD), help="default: %(default)s"
        )
        add_address(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        partnership = Partnership.objects.filter(slug=options["partnership"]).first()
        if partnership is None:
            raise CommandError(f"There is no partnership {options['partnership']!r}. `manage.py create_partnership` makes one.")
        try:
            validate_email(options["email"])
        except ValidationError:
            raise CommandError(f"{options['email']!r} is not an e-mail address.") from None
        try:
            link = invite_to_partnership(
                partnership=partnership, email=options["email"], role=options["role"], link_for=link_for(options["address"])
            )
        except InvitationRefused as refused:
            raise refusal(refused) from refused
        self.stdout.write(f"{Role(options['role']).label} of {partnership.name}. They accept, within seven days, at\n{link}")
