"""What the web server calls for the bare view."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.bare"

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()
