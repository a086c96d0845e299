"""The door for web servers. It stays shut where the database role could pass the fences."""

import os

from django.core.wsgi import get_wsgi_application

from config.starting import refuse_unsafe_role

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

application = get_wsgi_application()
refuse_unsafe_role()
