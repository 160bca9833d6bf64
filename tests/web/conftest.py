"""Set up the service for its tests: an installation of their own, then Django."""

import os

from tests.web.installation import installed

FOLDER = installed()
os.environ["DJANGO_SETTINGS_MODULE"] = "goldenthread_web.config.settings"

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402

# Each test's client starts the service anew: it finds static files when asked, and need not read all at once.
settings.WHITENOISE_AUTOREFRESH = True

from django.core.management import call_command  # noqa: E402

# Pages name stylesheets by the hash of their content.
call_command("collectstatic", interactive=False, verbosity=0)
