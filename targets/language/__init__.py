"""A target language as a file: what it says, and its reading and writing. Pure: no Django, no database."""

from targets.language.content import Content, SkillWords, StrandWords, Wording
from targets.language.reading import LanguageFileRefused, Problem, read
from targets.language.writing import write

__all__ = ["Content", "LanguageFileRefused", "Problem", "SkillWords", "StrandWords", "Wording", "read", "write"]
