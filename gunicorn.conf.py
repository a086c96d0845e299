"""The web server, the same for `make run` and for containers; the command line gives the address."""

import os

workers = int(os.environ.get("WEB_WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
graceful_timeout = 25
max_requests = 5000
max_requests_jitter = 500
control_socket_disable = True
accesslog = None  # a path may hold the token of an invitation; the proxy in front counts requests
errorlog = "-"
