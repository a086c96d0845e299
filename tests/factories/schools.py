"""Rows of the schools app, plainly synthetic."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from schools.models import Membership, Partnership, PartnershipSchool, Programme, Role, School, User

PASSWORD = "demo-password-2026"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@school.example")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.django.Password(PASSWORD)


class PartnershipFactory(DjangoModelFactory):
    class Meta:
        model = Partnership

    name = factory.Sequence(lambda n: f"Partnership {n}")
    slug = factory.Sequence(lambda n: f"partnership-{n}")


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = Programme

    partnership = factory.SubFactory(PartnershipFactory)
    name = factory.Sequence(lambda n: f"DREAMS {n}")


class SchoolFactory(DjangoModelFactory):
    """A school that uses its partnership's language and feeds its figures."""

    class Meta:
        model = School
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"school-{n}")
    name = factory.Sequence(lambda n: f"School {n}")
    laestab = factory.Sequence(lambda n: f"838{7771 + n % 2000:04d}")
    phase = School.Phase.SECONDARY
    partnership = factory.SubFactory(PartnershipFactory)
    programme = factory.SubFactory(ProgrammeFactory, partnership=factory.SelfAttribute("..partnership"))

    @factory.post_generation
    def feeds(self: School, create: bool, extracted: object, **kwargs: object) -> None:
        PartnershipSchool.objects.create(partnership=self.partnership, school=self, starts_on=date(2020, 9, 1))


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    role = Role.SENCO
    starts_on = date(2020, 9, 1)
