from uuid import uuid4

from django.db import models

from assessments.models.reviews import Review
from schools.tenancy import SchoolOwned


class AgreedAction(SchoolOwned):
    """One thing that somebody will do, agreed in the meeting with the parents. It is added or taken back, never edited."""

    public_id = models.UUIDField(default=uuid4, editable=False)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="agreed_actions")
    what = models.CharField(max_length=120)
    who = models.CharField(max_length=40)
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "public_id"], name="agreed_action_public_id_once"),
            models.UniqueConstraint(fields=["school", "review", "what", "who"], name="agreed_once_in_a_review"),
        ]
