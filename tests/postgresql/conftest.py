"""These tests are of PostgreSQL's own fences, so they are collected only where the suite runs on PostgreSQL."""

from django.conf import settings

collect_ignore_glob = [] if settings.TEST_DATABASE_URL else ["test_*.py"]
