"""Counting a cycle anew, against one hand-written statement over the same judgements."""

from collections.abc import Iterator

from django.db import connection

from assessments.models import ReviewCycle
from bench.seeding import Ground
from bench.stopwatch import Case
from reports.models import CycleSummary
from reports.summaries import rebuild
from schools.tenancy import in_school

GOAL = 2
COLUMNS = (
    "pupils, pupils_moved_on, judged, moved_on, same, gone_back, achieved, held, not_seen, too_new, since_start_sum, since_start_squares"
)
INSERT = f"""
    INSERT INTO reports_cyclesummary (school_id, academic_year, term, cycle_id, slice, value, strand_key, {COLUMNS})
    SELECT j.school_id, c.academic_year, c.term, c.id, f.slice, f.value, COALESCE(j.strand_key, 'all'),
           COUNT(DISTINCT r.pupil_id) FILTER (WHERE moves), COUNT(DISTINCT r.pupil_id) FILTER (WHERE moves AND j.step > j.previous),
           COUNT(*) FILTER (WHERE seen), COUNT(*) FILTER (WHERE moves AND j.step > j.previous),
           COUNT(*) FILTER (WHERE moves AND j.step = j.previous), COUNT(*) FILTER (WHERE moves AND j.step < j.previous),
           COUNT(*) FILTER (WHERE moves AND j.first_achieved), COUNT(*) FILTER (WHERE seen AND j.aim = j.start AND j.step >= j.aim),
           COUNT(*) FILTER (WHERE counted AND j.step IS NULL), COUNT(*) FILTER (WHERE NOT j.counts AND NOT by_mistake),
           COALESCE(SUM(j.step - j.start) FILTER (WHERE moves), 0), COALESCE(SUM((j.step - j.start) ^ 2) FILTER (WHERE moves), 0)
    FROM assessments_judgement j
    JOIN assessments_review r ON r.id = j.review_id
    JOIN assessments_reviewcycle c ON c.id = r.cycle_id
    JOIN targets_target t ON t.id = j.target_id
    CROSS JOIN LATERAL (SELECT j.next = 'close' AND j.reason = 'mistake' AS by_mistake) m
    CROSS JOIN LATERAL (SELECT j.counts AND NOT by_mistake AS counted) n
    CROSS JOIN LATERAL (SELECT counted AND j.step IS NOT NULL AS seen) s
    CROSS JOIN LATERAL (SELECT seen AND j.aim <> j.start AS moves) v
    CROSS JOIN LATERAL (VALUES
        ('all', ''), ('kind', t.kind), ('year', r.nc_year), ('provision', r.provision), ('need', r.primary_need),
        ('premium', CASE WHEN r.has_pupil_premium THEN 'yes' ELSE 'no' END), ('eal', CASE WHEN r.is_eal THEN 'yes' ELSE 'no' END),
        ('sex', r.sex)) f(slice, value)
    WHERE r.cycle_id = %s AND r.status = 'completed' AND t.kind <> 'academic'
    GROUP BY j.school_id, c.academic_year, c.term, c.id, f.slice, f.value, GROUPING SETS ((), (j.strand_key))
"""  # noqa: S608 - the columns above


def cases(ground: Ground) -> Iterator[Case]:
    with in_school(ground.school):
        cycle = ReviewCycle.objects.exclude(closed_at=None).select_related("school").order_by("-due_on")[0]

    def work() -> None:
        with in_school(ground.school):
            rebuild(cycle)

    yield Case("figures: a cycle and its term", GOAL, work, lambda: by_hand(ground, cycle))


def by_hand(ground: Ground, cycle: ReviewCycle) -> None:
    """The rows of the cycle alone, slice by slice: without those of its term, and without the counts of work."""
    with in_school(ground.school), connection.cursor() as cursor:
        CycleSummary.objects.filter(cycle=cycle, publication=None).delete()
        cursor.execute(INSERT, [cycle.pk])
