"""A letter from the asked-for job to the stored file, against WeasyPrint on the same HTML, warm."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import HTML

from assessments.models import Review
from bench.seeding import Ground
from bench.stopwatch import Case
from reports import services
from reports.models import Job, Letter
from reports.press import BASE, VARIANT, press
from reports.rendering import letter_context
from reports.services.letter_contents import contents_of
from reports.services.letters import who_may_receive
from schools.tenancy import in_school

GOAL = 1.2


def cases(ground: Ground) -> Iterator[Case]:
    with in_school(ground.school):
        reviews = Review.objects.filter(status=Review.Status.COMPLETED).select_related("cycle", "pupil__school__programme", "completed_by")
        review = reviews.order_by("pk")[0]
        [content] = contents_of(review, who_may_receive(review).recipients)
    machine = press()
    html = render_to_string("letters/letter.html", letter_context(content, machine))
    jobs = Jobs(ground, review)

    def print_alone() -> None:
        document = HTML(string=html, base_url=BASE, url_fetcher=machine.fetcher)
        document.write_pdf(stylesheets=[machine.style], font_config=machine.fonts, pdf_variant=VARIANT, pdf_tags=True)

    yield Case("letter: job, print, store", GOAL, jobs.run, print_alone, jobs.make_ready)


class Jobs:
    """The letters of one review, asked for again and again."""

    def __init__(self, ground: Ground, review: Review) -> None:
        self.ground, self.review = ground, review
        self.make_ready()

    def make_ready(self) -> None:
        with in_school(self.ground.school):
            for letter in Letter.objects.filter(review=self.review):
                (Path(settings.MEDIA_ROOT) / letter.file).unlink()
                letter.delete()
            Job.objects.all().delete()
            self.job = services.ask_for_letters(review=self.review, by=self.ground.senco)

    def run(self) -> None:
        services.run_job(self.job.pk)
        if not Job.objects.filter(pk=self.job.pk, state=Job.State.DONE).exists():
            raise AssertionError("the letter was not made")
