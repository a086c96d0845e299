"""What a drill is about: a report over schools with published figures, and a review whose letters go to several people."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from assessments.models import Review
from reports import services
from reports.models import Job, Letter, ProgressReport
from reports.queries import Period
from reports.services import files
from schools.models import Membership, Partnership, Role, School, Term, User
from schools.tenancy import in_school
from tests.factories.assessments import JudgementFactory, ReviewCycleFactory, ReviewFactory
from tests.factories.pupils import ContactFactory, PupilFactory
from tests.factories.reports import publish_figures
from tests.factories.schools import MembershipFactory, PartnershipFactory, SchoolFactory
from tests.factories.targets import TargetFactory, strand_of

SCHOOLS, RECIPIENTS = 3, 4
PERIOD = Period.of(2026, Term.AUTUMN)


@dataclass(frozen=True)
class Ground:
    partnership: Partnership
    school: School
    lead: User
    senco: User

    @classmethod
    def make(cls) -> "Ground":
        partnership = PartnershipFactory()
        strand_of(partnership)
        schools = [SchoolFactory(partnership=partnership) for _ in range(SCHOOLS)]
        for place, school in enumerate(schools):
            publish_figures(school, pupils=30 + place, moved=15)
        lead: Membership = MembershipFactory(partnership=partnership, role=Role.LEAD)
        senco: Membership = MembershipFactory(school=schools[0], role=Role.SENCO)
        return cls(partnership, schools[0], lead.user, senco.user)

    def ask_for_report(self) -> Job:
        report = services.ask_report(partnership=self.partnership, period=PERIOD, by=self.lead)
        return Job.objects.get(kind=Job.Kind.PROGRESS_REPORT, row_id=report.pk)

    def ask_for_letters(self) -> Job:
        """A pupil whose review was completed just now, with a letter for each of several people."""
        pupil = PupilFactory(school=self.school, date_of_birth=date(timezone.localdate().year - 10, 5, 4))
        for number in range(RECIPIENTS):
            ContactFactory(pupil=pupil, address=f"{number} Test Lane")
        with in_school(self.school):
            cycle = ReviewCycleFactory._meta.model.objects.first() or ReviewCycleFactory(school=self.school)
        review: Review = ReviewFactory(pupil=pupil, cycle=cycle, status=Review.Status.COMPLETED, completed_at=timezone.now())
        JudgementFactory(review=review, target=TargetFactory(pupil=pupil), start=1, aim=3, previous=1, counts=True)
        with in_school(self.school):
            return services.ask_for_letters(review=review, by=self.senco)

    def wrongs_of(self, job: Job) -> list[str]:
        """What is lost or doubled once a job is over; nothing as it should be."""
        job.refresh_from_db()
        papers = self._letters(job) if job.kind == Job.Kind.LETTERS else self._reports(job)
        wanted = RECIPIENTS if job.kind == Job.Kind.LETTERS else 1
        wrongs = [] if job.state == Job.State.DONE else [f"job {job.pk} is {job.state} ({job.error})"]
        if len({path for path, _ in papers}) != wanted or len(papers) != wanted:
            wrongs.append(f"job {job.pk} ({job.kind}): {len(papers)} papers instead of {wanted}")
        return wrongs + [f"job {job.pk}: not a whole PDF" for path, sha256 in papers if not files.fetch(path, sha256).endswith(b"%%EOF\n")]

    def _reports(self, job: Job) -> list[tuple[str, str]]:
        made = ProgressReport.objects.filter(pk=job.row_id, state=ProgressReport.State.MADE)
        return list(made.values_list("file", "sha256"))

    def _letters(self, job: Job) -> list[tuple[str, str]]:
        with in_school(self.school):
            return list(Letter.objects.filter(review=job.row_id).values_list("file", "sha256"))
