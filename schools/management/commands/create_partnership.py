"""manage.py create_partnership NAME --slug SLUG --kind KIND [--lead-email ADDRESS]: how a partnership begins."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.db import transaction

from schools.management.inviting import add_address, link_for, refusal
from schools.models import Partnership, Role
from schools.services.invitations import InvitationRefused
from schools.services.partnerships import create_partnership, invite_to_partnership


class Command(BaseCommand):
    help = "Make a partnership, and invite the person who leads it: they get an e-mail, and the link is printed too."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--slug", required=True, help="its part of the address: /partnerships/<slug>/")
        parser.add_argument("--kind", required=True, choices=Partnership.Kind.values)
        parser.add_argument("--lead-email", metavar="ADDRESS")
        add_address(parser)

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            partnership = create_partnership(name=options["name"], slug=options["slug"], kind=options["kind"])
            self.stdout.write(f"Partnership {partnership.name}: /partnerships/{partnership.slug}/")
            if email := options["lead_email"]:
                link = invite_to_partnership(partnership=partnership, email=email, role=Role.LEAD, link_for=link_for(options["address"]))
                self.stdout.write(f"Its lead accepts, within seven days, at\n{link}")
        except (ValidationError, InvitationRefused) as refused:
            raise refusal(refused) from refused
        self.stdout.write(f"Next: manage.py start_language --partnership {partnership.slug}, then create_school for each school.")
