"""A term in an address: 2026-autumn."""

from django.urls import register_converter

from reports.queries import Period
from schools.models import Term


class PeriodConverter:
    regex = f"[0-9]{{4}}-(?:{'|'.join(Term.values)})"

    def to_python(self, value: str) -> Period:
        year, term = value.split("-")
        return Period.of(int(year), term)

    def to_url(self, value: Period | str) -> str:
        return value.slug if isinstance(value, Period) else value


register_converter(PeriodConverter, "period")
