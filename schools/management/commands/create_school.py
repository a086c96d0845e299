"""manage.py create_school NAME --slug SLUG --partnership SLUG --phase PHASE --laestab NUMBER: how a school begins."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from schools.management.inviting import add_address, link_for, refusal
from schools.models import Partnership, Programme, School
from schools.services.invitations import InvitationRefused
from schools.services.partnerships import create_school, invite_head

GROWN = (School.Phase.SECONDARY, School.Phase.ALL_THROUGH, School.Phase.SIXTEEN_PLUS, School.Phase.ALTERNATIVE)


class Command(BaseCommand):
    help = "Make a school with its review cycles planned, and invite its head: they get an e-mail, and the link is printed too."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--slug", required=True, help="its part of the address: /schools/<slug>/")
        parser.add_argument("--partnership", required=True, metavar="SLUG")
        parser.add_argument("--phase", required=True, choices=School.Phase.values)
        parser.add_argument("--laestab", required=True, help="authority and number, as 838/7772 or 8387772")
        parser.add_argument("--kind", choices=School.Kind.values, default=School.Kind.MAINTAINED)
        parser.add_argument("--programme", choices=Programme.Look.values, help="default: dreams for older pupils, else horizons")
        parser.add_argument("--head-email", metavar="ADDRESS")
        add_address(parser)

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        partnership = Partnership.objects.filter(slug=options["partnership"]).first()
        if partnership is None:
            raise CommandError(f"There is no partnership {options['partnership']!r}. `manage.py create_partnership` makes one.")
        wanted = {name: options[name] for name in ("name", "slug", "phase", "kind")}
        look = options["programme"] or (Programme.Look.DREAMS if options["phase"] in GROWN else Programme.Look.HORIZONS)
        try:
            school = create_school(partnership=partnership, look=look, laestab=options["laestab"].replace("/", ""), **wanted)
            self.stdout.write(f"School {school.name}, {school.programme.name}: /schools/{school.slug}/")
            if email := options["head_email"]:
                link = invite_head(school=school, email=email, link_for=link_for(options["address"]))
                self.stdout.write(f"Its head accepts, within seven days, at\n{link}")
        except (ValidationError, InvitationRefused) as refused:
            raise refusal(refused) from refused
