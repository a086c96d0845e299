"""A review cycle in an address: 2026-1 is the first cycle of the academic year that starts in 2026."""

from django.urls import register_converter

from assessments.models import ReviewCycle

CycleKey = tuple[int, int]


class CycleConverter:
    regex = r"[0-9]{4}-[1-6]"

    def to_python(self, value: str) -> CycleKey:
        year, number = value.split("-")
        return int(year), int(number)

    def to_url(self, value: ReviewCycle | str) -> str:
        return value.slug if isinstance(value, ReviewCycle) else value


register_converter(CycleConverter, "cycle")
