from uuid import uuid4

from django.db import models
from django.db.models import Q

from pupils.importing import codes
from pupils.models.pupil import Pupil
from pupils.words import LETTER_LANGUAGES
from schools.tenancy import SchoolOwned


class Contact(SchoolOwned):
    """An adult in a pupil's life, and whether that adult may receive what school sends home."""

    class MayReceive(models.TextChoices):
        ALL = "all", "All letters"
        NONE = "none", "No letters"

    class Order(models.TextChoices):
        """A court order about this contact. One that nobody has read yet holds every letter back."""

        NONE = "none", "No order"
        TO_CHECK = "to_check", "An order is recorded: read it and decide"
        READ = "read", "Order read, the boxes below follow it"

    class Format(models.TextChoices):
        STANDARD = "standard", "Standard"
        LARGE = "large", "Large print"
        EASY_READ = "easy", "Easy Read"

    public_id = models.UUIDField(default=uuid4, editable=False)
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="contacts")
    priority = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=20, blank=True)
    surname = models.CharField(max_length=60)
    forename = models.CharField(max_length=60, blank=True)
    relationship = models.CharField(max_length=3)
    has_parental_responsibility = models.BooleanField(default=False)
    may_receive = models.CharField(max_length=4, choices=MayReceive, default=MayReceive.ALL)
    no_contact = models.BooleanField(default=False)
    address_confidential = models.BooleanField(default=False)
    order = models.CharField(max_length=8, choices=Order, default=Order.NONE)
    order_reference = models.CharField(max_length=60, blank=True)
    order_from = models.DateField(null=True, blank=True)
    order_to = models.DateField(null=True, blank=True)
    letter_language = models.CharField(max_length=3, default="eng")
    letter_format = models.CharField(max_length=8, choices=Format, default=Format.STANDARD)
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField("e-mail", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["priority", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "public_id"], name="contact_public_id_once"),
            models.CheckConstraint(
                condition=Q(order_to=None) | Q(order_from=None) | Q(order_to__gte=models.F("order_from")), name="order_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["school", "pupil"])]

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.title, self.forename, self.surname) if part)

    @property
    def relationship_words(self) -> str:
        return codes.RELATIONSHIP.words(self.relationship)

    @property
    def language_words(self) -> str:
        return LETTER_LANGUAGES.get(self.letter_language, self.letter_language)
