"""Which address leads to which page?"""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

_APPS = (
    *("ui", "accounts", "extracts", "figures", "parameters", "behind", "worklist"),
    *("programme", "inspections", "improvement", "risks", "resources"),
    *("standards", "sampling", "concerns", "case_audits", "dip_samples", "case_reviews", "practice_weeks"),
    *("supervision", "challenges", "clinics", "voice", "registers"),
    *("governance", "reports", "thread"),
)
urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("goldenthread_web.accounts.sign_in_urls")),
    path("", include("goldenthread_web.accounts.trail_urls")),
]
for _app in _APPS:
    if find_spec(f"goldenthread_web.{_app}.urls"):
        urlpatterns.append(path("", include(f"goldenthread_web.{_app}.urls")))

# What a person reads when there is no page to show.
handler400 = "goldenthread_web.ui.errors.bad_request"
handler403 = "goldenthread_web.ui.errors.forbidden"
handler404 = "goldenthread_web.ui.errors.not_found"
handler429 = "goldenthread_web.accounts.refusing.too_many"
handler500 = "goldenthread_web.ui.errors.fault"
