"""A worker killed -9 in the middle, and a broker that forgot everything: each once, for real. `make drills` does it many times over.

Real workers need a database that other processes can open, so this runs where the suite runs on PostgreSQL.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from reports.models import Job
from reports.services import queue
from schools.fences import APPLICATION
from tests.drills.crew import Crew
from tests.drills.drills import flush_before_work, kill_in_the_middle
from tests.drills.ground import Ground

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def crew(transactional_db, tmp_path: Path, settings, monkeypatch) -> Iterator[Crew]:
    where = connection.settings_dict
    crew = Crew(tmp_path, f"postgres://{APPLICATION}@{where['HOST']}:{where['PORT']}/{where['NAME']}")
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(queue, "current_app", crew.nudger)
    yield crew
    crew.go_home()


def test_killed_in_the_middle_the_next_worker_finishes_once_and_what_redis_forgot_is_not_lost(crew):
    """One test, so that each worker but the last is killed in the work of another job."""
    ground = Ground.make()
    of_report = kill_in_the_middle(crew, ground, ground.ask_for_report, lambda job: job.state == Job.State.RUNNING)
    of_letters = kill_in_the_middle(crew, ground, ground.ask_for_letters, lambda job: 0 < job.done < job.total)
    of_redis = flush_before_work(crew, ground, ground.ask_for_report)
    for turn in (of_report, of_letters, of_redis):
        assert turn.wrongs == []
        assert turn.was_in_the_middle
    assert list(Job.objects.order_by("pk").values_list("attempts", flat=True)) == [2, 2, 1]
