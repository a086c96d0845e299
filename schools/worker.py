"""The script that stands between the pages and the network, with what it may keep: static files and one page, nobody's data."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

SCRIPT = Path(settings.BASE_DIR, "static", "js", "worker", "service_worker.js")
KEPT = (
    "build/app.css",
    "build/favicon.svg",
    "build/fonts/atkinson-latin.woff2",
    "build/fonts/lexend-latin.woff2",
)  # what the page without a network needs


@cache
def source() -> str:
    """The script, headed by its version and its files. Another file or another page makes another version, which replaces it."""
    files = [static(name) for name in KEPT]
    contents = [Path(settings.BASE_DIR, "static", name).read_bytes() for name in KEPT]
    page = render_to_string("schools/offline.html")
    script = SCRIPT.read_text()
    version = sha256(b"".join([*contents, page.encode(), script.encode(), "".join(files).encode()])).hexdigest()[:16]
    constants = {"VERSION": version, "PAGE": reverse("offline"), "FILES": files}
    return "".join(f"const {name} = {json.dumps(value)};\n" for name, value in constants.items()) + f"\n{script}"
