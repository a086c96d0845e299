"""Scripts of ours that import each other are collected under names that follow their content."""

import re
import shutil
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage

from config.static_files import HashedFiles

SCRIPTS = Path(settings.BASE_DIR, "static", "js")
IMPORT = re.compile(r'from "\./([^"]+)"')
HASHED = re.compile(r"\.[0-9a-f]{12}\.js$")


def test_every_import_names_the_file_as_the_page_does(tmp_path: Path) -> None:
    shutil.copytree(SCRIPTS, tmp_path / "js")
    source, storage = FileSystemStorage(tmp_path), HashedFiles(location=tmp_path, base_url="/static/")
    names = [str(path.relative_to(tmp_path)) for path in (tmp_path / "js").rglob("*.js")]
    done = list(storage.post_process({name: (source, name) for name in names}))
    assert not [name for name, _, processed in done if isinstance(processed, Exception)]
    imports = [name for path in tmp_path.rglob("*.js") if HASHED.search(path.name) for name in IMPORT.findall(path.read_text())]
    assert len(imports) >= 10
    assert [name for name in imports if not HASHED.search(name)] == []
