"""The web server, the same for `make run` and for containers; the command line gives the address."""

import os

workers = int(os.environ.get("WEB_WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
preload_app = True  # one import for all processes; the one look at the database role is over before they fork
timeout = 60
graceful_timeout = 25
max_requests = 5000
max_requests_jitter = 500
control_socket_disable = True
accesslog = None  # a path may hold the token of an invitation; the proxy in front counts requests
errorlog = "-"


def when_ready(server: object) -> None:
    """Import every view once, before the processes part; otherwise each one's first visitor waits for it."""
    from django.urls import get_resolver

    list(get_resolver().url_patterns)
