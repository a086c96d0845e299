"""Rows of the pupils app. UPNs are of authority 838's test establishments; nobody has them."""

from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from pupils.models import Contact, KeyWorker, Need, Profile, Pupil, SupportStatus
from schools.tenancy import SchoolOwned, in_school


class SchoolOwnedFactory(DjangoModelFactory):
    """Saves a row inside its own school's scope. The school comes from `school` or from the row's `pupil`."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type[SchoolOwned], *args: Any, **kwargs: Any) -> Any:
        with in_school(kwargs["school"]):
            return super()._create(model_class, *args, **kwargs)


class PupilFactory(SchoolOwnedFactory):
    class Meta:
        model = Pupil

    forename = factory.Sequence(lambda n: f"Forename{n}")
    surname = factory.Sequence(lambda n: f"Surname{n}")
    date_of_birth = date(2014, 5, 4)
    sex = "F"
    nc_year = "7"
    registration_group = "7B"
    on_roll_from = date(2024, 9, 1)


class SupportStatusFactory(SchoolOwnedFactory):
    class Meta:
        model = SupportStatus

    pupil = factory.SubFactory(PupilFactory)
    school = factory.SelfAttribute("pupil.school")
    provision = "K"
    starts_on = date(2024, 9, 1)


class NeedFactory(SchoolOwnedFactory):
    class Meta:
        model = Need

    pupil = factory.SubFactory(PupilFactory)
    school = factory.SelfAttribute("pupil.school")
    need_type = "SLCN"
    rank = 1


class ProfileFactory(SchoolOwnedFactory):
    class Meta:
        model = Profile

    pupil = factory.SubFactory(PupilFactory)
    school = factory.SelfAttribute("pupil.school")
    liked_for = "I am kind."


class ContactFactory(SchoolOwnedFactory):
    class Meta:
        model = Contact

    pupil = factory.SubFactory(PupilFactory)
    school = factory.SelfAttribute("pupil.school")
    surname = factory.Sequence(lambda n: f"Contact{n}")
    relationship = "PAM"
    has_parental_responsibility = True
    address = "1 Test Lane"
    postcode = "TS1 1ST"


class KeyWorkerFactory(SchoolOwnedFactory):
    class Meta:
        model = KeyWorker

    pupil = factory.SubFactory(PupilFactory)
    school = factory.SelfAttribute("pupil.school")
    starts_on = date(2024, 9, 1)
