"""Which needs and which provision the pupils of a phase have: the mix that one meets in English schools."""

from collections.abc import Sequence
from random import Random

from reports.demo.dice import shares
from schools.models import School

SHARE_WITH_PLAN = 0.3  # in a mainstream school
EARLY_AND_INFANTS = frozenset({"N1", "N2", "R", "1", "2"})

YOUNG = {"SLCN": 46, "ASD": 16, "SEMH": 14, "PD": 6, "HI": 5, "NSA": 5, "MLD": 5, "DS": 3}
JUNIOR = {"SLCN": 24, "SEMH": 20, "ASD": 17, "SPLD": 17, "MLD": 14, "HI": 3, "VI": 3, "OTH": 2}
SECONDARY = {"SEMH": 24, "SPLD": 20, "ASD": 20, "SLCN": 14, "MLD": 13, "PD": 3, "HI": 2, "VI": 2, "OTH": 2}
SPECIAL = {"ASD": 38, "SLD": 22, "PMLD": 12, "MLD": 8, "SEMH": 7, "DS": 5, "SLCN": 4, "PD": 2, "MSI": 2}

GOES_WITH = {
    "ASD": ("SLCN", "SEMH", "SPLD"), "SLCN": ("MLD", "SPLD", "SEMH"), "SEMH": ("SPLD", "SLCN", "MLD"), "SPLD": ("SLCN", "SEMH"),
    "MLD": ("SLCN", "SEMH", "SPLD"), "SLD": ("ASD", "SLCN", "PD"), "PMLD": ("PD", "VI", "SLCN"), "DS": ("SLCN", "HI", "MLD"),
    "PD": ("OTH", "SLCN"), "HI": ("SLCN",), "VI": ("SPLD",), "MSI": ("SLD", "PD"), "OTH": ("SLCN",), "NSA": (),
}  # fmt: skip
SECOND, THIRD = 0.45, 0.2
PLAN_WEIGHT = {
    "DS": 9.0, "PD": 4.0, "ASD": 3.0, "HI": 3.0, "VI": 3.0, "SEMH": 1.5, "SLCN": 1.2, "MLD": 1.0, "OTH": 1.0, "SPLD": 0.5, "NSA": 0.05,
}  # fmt: skip


def primary_needs(phase: str, nc_years: Sequence[str], rng: Random) -> list[str]:
    """One need a pupil, in the proportions of the phase and, in a primary school, of the age."""
    if phase != School.Phase.PRIMARY:
        return shares(SPECIAL if phase == School.Phase.SPECIAL else SECONDARY, len(nc_years), rng)
    is_young = [year in EARLY_AND_INFANTS for year in nc_years]
    dealt = {True: shares(YOUNG, sum(is_young), rng), False: shares(JUNIOR, len(is_young) - sum(is_young), rng)}
    return [dealt[young].pop() for young in is_young]


def all_needs(primary: str, rng: Random) -> list[str]:
    """The primary need and what goes with it, by weight."""
    companions = rng.sample(GOES_WITH[primary], len(GOES_WITH[primary]))
    wanted = (rng.random() < SECOND) + (rng.random() < SECOND * THIRD)
    return [primary, *companions[:wanted]]


def with_plan(phase: str, primary: Sequence[str], rng: Random) -> set[int]:
    """The places of those who have an education, health and care plan: everybody in a special school, about 30 % elsewhere."""
    if phase == School.Phase.SPECIAL:
        return set(range(len(primary)))
    drawn = sorted(range(len(primary)), key=lambda place: rng.random() ** (1 / PLAN_WEIGHT[primary[place]]), reverse=True)
    return set(drawn[: round(len(primary) * SHARE_WITH_PLAN)])
