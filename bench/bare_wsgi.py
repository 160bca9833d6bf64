"""What the web server calls for the bare view."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.bare"

import django  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402

django.setup()
settings.MIDDLEWARE = []  # sign-in insists on its own while the apps are made ready; the bare view has none
application = WSGIHandler()
