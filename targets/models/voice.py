from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from schools.tenancy import SchoolManager, SchoolOwned, SchoolQuerySet
from targets.models.target import Target

LONGEST_WORDS = 500  # asked for; whoever stops in the middle of more keeps all of it
LONGEST_DRAWING = 40_000
POINT = "[0-9]{1,4},[0-9]{1,4}"
DRAWING = f"^{POINT}( {POINT})*(;{POINT}( {POINT})*)*$"


class Scale(models.TextChoices):
    """How many answers a pupil chooses from. Chosen for each pupil, never by age alone."""

    TWO = "two", "Two pictures: yes, not now"
    THREE = "three", "Three pictures: going well, so-so, hard for me"
    WORDS = "words", "Five answers in words, from “It is hard” to “I can do it on my own”"


class VoiceScale(SchoolOwned):
    """The scale that a key worker chose for a pupil."""

    pupil = models.OneToOneField("pupils.Pupil", on_delete=models.CASCADE, related_name="voice_scale")
    scale = models.CharField(max_length=5, choices=Scale)
    chosen_by = models.ForeignKey("schools.User", on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()


class VoiceVisitQuerySet(SchoolQuerySet["VoiceVisit"]):
    def told(self) -> "VoiceVisitQuerySet":
        """Visits in which something was said; "I don't want to say" is something."""
        return self.filter(Exists(Voice.objects.said().filter(visit=OuterRef("pk"))))

    def for_list_page(self) -> "VoiceVisitQuerySet":
        """Newest first, with what was said and who was there; two queries, however many there are."""
        said = Voice.objects.said().select_related("target").order_by("pk")
        return self.told().order_by("-told_at", "-pk").select_related("adult", "we_did_by").prefetch_related(Prefetch("voices", said))

    def by_pupils(self) -> "VoiceVisitQuerySet":
        """Visits in which the pupil spoke; what an adult noticed is the adult's reading."""
        return self.exclude(given=VoiceVisit.Given.OBSERVED)

    def last_answered(self, pupil: Any) -> "VoiceVisit | None":
        """The last visit in which a pupil spoke, where an adult has written what was done about it."""
        last = self.by_pupils().filter(pupil=pupil).for_list_page().first()
        return last if last and last.we_did else None


class VoiceVisit(SchoolOwned):
    """One time at which a pupil was asked, or an adult wrote down what was noticed. It holds words, never a number."""

    class Given(models.TextChoices):
        """How it was given. What an adult noticed is the adult's reading, and says so wherever it is shown."""

        OWN = "own", "On their own"
        HELP = "help", "With help"
        OBSERVED = "observed", "What we noticed"

    class Ended(models.TextChoices):
        AGREED = "agreed", "Looked at it again and said that it is right"
        STOPPED = "stopped", "Stopped before the end"
        UNSAID = "unsaid", "Did not want to say whether it is right"

    public_id = models.UUIDField(default=uuid4, editable=False)
    pupil = models.ForeignKey("pupils.Pupil", on_delete=models.CASCADE, related_name="voice_visits")
    adult = models.ForeignKey("schools.User", on_delete=models.PROTECT, related_name="+")  # who was there, or who noticed
    told_at = models.DateTimeField()
    given = models.CharField(max_length=8, choices=Given)
    scale = models.CharField(max_length=5, choices=Scale, blank=True)  # blank for what was noticed
    ended = models.CharField(max_length=7, choices=Ended, blank=True)
    we_did = models.CharField(max_length=300, blank=True)  # what an adult did about it, in words for the pupil
    we_did_by = models.ForeignKey("schools.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    we_did_at = models.DateTimeField(null=True, blank=True)

    objects = SchoolManager.from_queryset(VoiceVisitQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "public_id"], name="voice_visit_public_id_once"),
            models.CheckConstraint(condition=Q(given="observed", scale="") | ~Q(given="observed") & ~Q(scale=""), name="voice_has_a_scale"),
            models.CheckConstraint(
                condition=Q(we_did="", we_did_by=None, we_did_at=None) | Q(~Q(we_did=""), we_did_by__isnull=False, we_did_at__isnull=False),
                name="voice_says_who_did_what",
            ),
        ]
        indexes = [models.Index(fields=["school", "pupil", "-told_at"], name="voice_visit_of_pupil")]

    @property
    def is_observed(self) -> bool:
        return self.given == self.Given.OBSERVED


class VoiceQuerySet(SchoolQuerySet["Voice"]):
    def said(self) -> "VoiceQuerySet":
        """Questions that were answered; the others were passed."""
        return self.exclude(answer="", words="", pictures="", drawing="")


class Voice(SchoolOwned):
    """One question that a pupil was asked, and what the pupil said: words, pictures, a drawing, or "I don't want to say".

    There is no number in it and none may be added: it is voice, never averaged, charted across pupils or compared.
    """

    class Question(models.TextChoices):
        """In the order in which they are asked."""

        DID = "did", "You said, we did"
        GOOD = "good", "What I am good at"
        GOING = "going", "How is this going?"
        HELPS = "helps", "What helps me"
        ELSE = "else", "Anything else"

    class Answer(models.TextChoices):
        YES = "yes", "Yes"
        NOT_NOW = "not-now", "Not now"
        WELL = "well", "Going well"
        SO_SO = "soso", "So-so"
        HARD = "hard", "Hard for me"
        IT_IS_HARD = "it-is-hard", "It is hard"
        LOTS_OF_HELP = "lots-of-help", "I can do it with lots of help"
        SOME_HELP = "some-help", "I can do it with some help"
        MOSTLY = "mostly", "I can mostly do it"
        ALONE = "alone", "I can do it on my own"
        UNSAID = "unsaid", "I don’t want to say"

    class Audience(models.TextChoices):
        SHARED = "shared", "The adults who work with me"
        KEY_WORKER = "key-worker", "My key worker only"

    visit = models.ForeignKey(VoiceVisit, on_delete=models.CASCADE, related_name="voices")
    question = models.CharField(max_length=5, choices=Question)
    target = models.ForeignKey(Target, on_delete=models.RESTRICT, null=True, blank=True, related_name="voices")
    answer = models.CharField(max_length=12, choices=Answer, blank=True)
    words = models.TextField(blank=True)
    pictures = models.CharField(max_length=200, blank=True)  # keys of pictures, with a space between them
    drawing = models.TextField(blank=True, validators=[RegexValidator(DRAWING)])  # strokes of points, nothing that a browser could run
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.SHARED)

    objects = SchoolManager.from_queryset(VoiceQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "visit", "target"], condition=Q(target__isnull=False), name="voice_on_a_target_once"),
            models.UniqueConstraint(fields=["school", "visit", "question"], condition=Q(target=None), name="voice_on_a_question_once"),
            models.CheckConstraint(
                condition=Q(question="going", target__isnull=False) | ~Q(question="going") & Q(target=None), name="voice_on_a_target"
            ),
            models.CheckConstraint(condition=~Q(answer="unsaid") | Q(words="", pictures="", drawing=""), name="unsaid_says_nothing_else"),
        ]
        indexes = [models.Index(fields=["school", "target"], name="voice_of_target")]

    @property
    def picture_keys(self) -> Sequence[str]:
        return self.pictures.split()

    @property
    def strokes(self) -> Sequence[str]:
        """The drawing as the points of its lines."""
        return self.drawing.split(";") if self.drawing else ()

    @property
    def is_unsaid(self) -> bool:
        return self.answer == self.Answer.UNSAID

    @property
    def is_said(self) -> bool:
        return bool(self.answer or self.words or self.pictures or self.drawing)
