"""Words for what is stored as a code, as pages say them."""

from pupils.importing import codes

_YEARS = {"N1": "Nursery 1", "N2": "Nursery 2", "R": "Reception", "X": "No year group"}

# ISO 639-3, by the English name; the name as its readers write it stands in the letter itself.
LETTER_LANGUAGES = {
    "eng": "English", "sqi": "Albanian", "amh": "Amharic", "ara": "Arabic", "ben": "Bengali", "bul": "Bulgarian", "zho": "Chinese",
    "ces": "Czech", "fra": "French", "deu": "German", "guj": "Gujarati", "hin": "Hindi", "hun": "Hungarian", "ita": "Italian",
    "kur": "Kurdish", "lav": "Latvian", "lit": "Lithuanian", "nep": "Nepali", "pan": "Panjabi", "pus": "Pashto", "fas": "Persian (Farsi)",
    "pol": "Polish", "por": "Portuguese", "ron": "Romanian", "rus": "Russian", "slk": "Slovak", "som": "Somali", "spa": "Spanish",
    "tam": "Tamil", "tir": "Tigrinya", "tur": "Turkish", "ukr": "Ukrainian", "urd": "Urdu",
    "vie": "Vietnamese", "cym": "Welsh", "yor": "Yoruba",
}  # fmt: skip


def year_words(nc_year: str) -> str:
    """N1 → Nursery 1, R → Reception, 7 → Year 7."""
    return _YEARS.get(nc_year) or f"Year {nc_year}"


def year_rank(nc_year: str) -> int:
    """Nursery first, Year 14 and no year last."""
    return codes.NC_YEAR_RANK.get(nc_year, len(codes.NC_YEAR_RANK))


def provision_words(code: str | None) -> str:
    """N says nothing: a pupil without SEND status has no provision to show."""
    return codes.PROVISION.words(code) if code and code != "N" else ""


def provision_short(code: str | None) -> str:
    """The same for lists and head lines, as staff say it."""
    return "EHC plan" if code == "E" else provision_words(code)


def class_words(nc_year: str, registration_group: str) -> str:
    """The class where there is one, and the year where the class does not say it: "7B", "Year 3 · Maple"."""
    if not registration_group:
        return year_words(nc_year)
    return registration_group if nc_year and nc_year in registration_group else f"{year_words(nc_year)} · {registration_group}"
