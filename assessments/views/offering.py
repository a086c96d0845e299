"""What a pupil said last, offered as the pupil's view of a review. It is put into the form when somebody asks, and saved by them."""

from dataclasses import dataclass

from django.http import QueryDict

from assessments.models import Review
from pupils.models import Pupil
from targets.models import VoiceVisit
from targets.telling import Told, all_told, in_a_line

ASKED = "said"  # the button that puts the words into the form


@dataclass(frozen=True)
class Offer:
    """The last visit of the pupil. What an adult noticed is shown and is not offered as the pupil's own view."""

    visit: VoiceVisit
    said: list[Told]

    @property
    def words(self) -> str:
        return "" if self.visit.is_observed else in_a_line(self.said)


def offer_for(pupil: Pupil) -> Offer | None:
    """What was said for everybody who works with the pupil; words for the key worker alone stay there."""
    visit = VoiceVisit.objects.filter(pupil=pupil).for_list_page().first()
    return Offer(visit, all_told(visit.voices.all(), may_read=False)) if visit else None


def with_the_words(sent: QueryDict, offer: Offer | None) -> QueryDict:
    """What was typed, with what the pupil said behind what stands in the field already: nothing typed is lost, nothing is saved."""
    data = sent.copy()
    if offer and offer.words:
        data["pupil_view"] = "\n".join(part for part in (sent.get("pupil_view", "").strip(), offer.words) if part)
        data["pupil_view_state"] = Review.PupilView.GIVEN
    return data
