"""How static files are named where they are collected: by their content, in scripts that import each other too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage as Compressed

IMPORTS = Compressed._js_module_import_aggregation_patterns[1]


class HashedFiles(Compressed):
    """A script that two names lead to would run twice: an import of ours names the file as the page does.

    Django can do so for every script; of other people's some import what is not there.
    """

    patterns = (*Compressed.patterns, ("js/*.js", IMPORTS))
