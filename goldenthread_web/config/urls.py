"""Which address leads to which page?"""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

_APPS = ("ui", "accounts", "trail", "extracts", "figures", "worklist")
urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("goldenthread_web.accounts.sign_in_urls"))
]
for _app in _APPS:
    if find_spec(f"goldenthread_web.{_app}.urls"):
        urlpatterns.append(path("", include(f"goldenthread_web.{_app}.urls")))
