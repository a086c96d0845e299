from django.contrib.auth.hashers import check_password
from django.db import models
from django.db.models import Q

MOST_TRIES = 5


class Pin(models.Model):
    """The digits with which an adult takes a device back from a pupil: a hash, and the wrong tries since the last right one."""

    user = models.OneToOneField("schools.User", on_delete=models.CASCADE, related_name="pin")
    hash = models.CharField(max_length=128)
    wrong_tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(wrong_tries__lte=MOST_TRIES), name="pin_has_five_tries")]

    def is_right(self, digits: str) -> bool:
        return check_password(digits, self.hash)
