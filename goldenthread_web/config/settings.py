"""Django's settings, all of them from the installation file: the same code runs demo, tests and councils."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from goldenthread_web.config import installation

# The database, the loads and what is worked out from them hold rows about children: whatever the service
# writes is for its own account alone.
os.umask(0o077)
INSTALLATION = installation.read(installation.named())
DEMO = INSTALLATION.is_demo
_HTTPS = INSTALLATION.uses_https
_SIGN_IN = INSTALLATION.sign_in
_PACKAGE = Path(__file__).resolve().parents[1]

DEBUG = False
SECRET_KEY = INSTALLATION.secrets["session"]
ALLOWED_HOSTS = INSTALLATION.hosts
ROOT_URLCONF = "goldenthread_web.config.urls"
WSGI_APPLICATION = "goldenthread_web.config.wsgi.application"
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

OUR_APPS = [
    *("ui", "trail", "accounts", "extracts", "figures", "parameters", "behind", "worklist"),
    *("programme", "inspections", "improvement", "risks", "resources"),
    *("standards", "sampling", "concerns", "case_audits", "dip_samples", "case_reviews", "practice_weeks"),
    *("supervision", "challenges", "clinics", "voice", "registers"),
    *("governance", "reports", "thread"),
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    *[f"goldenthread_web.{app}" for app in OUR_APPS],
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "goldenthread_web.trail.requests.TrailMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "goldenthread_web.ui.addresses.NoNullCharacters",
    "goldenthread_web.accounts.refusing.AnswerRefusals",
    "goldenthread_web.accounts.sessions.SessionLimits",
    "goldenthread_web.accounts.vouching.StillVouchedFor",
    "goldenthread_web.accounts.second_factor.RequireSecondFactor",
    "goldenthread_web.ui.caching.NoStore",
    "django_htmx.middleware.HtmxMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [_PACKAGE / app / "templates" for app in OUR_APPS],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "goldenthread_web.ui.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "goldenthread_web.config.context.page_context",
            ],
        },
    },
]

if INSTALLATION.database["engine"] == "sqlite":
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": INSTALLATION.database["path"],
            # To open the file, and to empty its log when the last process closes it, is dearer than to read.
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                # Two writers wait for each other instead of failing half-way through a transaction.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": INSTALLATION.database["name"],
            "USER": INSTALLATION.database.get("user", ""),
            "PASSWORD": INSTALLATION.database["password"],
            "HOST": INSTALLATION.database.get("host", ""),
            "PORT": INSTALLATION.database.get("port", ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    }

# Static files have the hash of their content in their names.
STATIC_URL = "/static/"
STATIC_ROOT = INSTALLATION.folder / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "goldenthread_web.ui.static_files.StaticFiles"},
}
MEDIA_ROOT = INSTALLATION.folder / "deliveries"
FILE_UPLOAD_HANDLERS = ["goldenthread_web.extracts.receiving.Receive"]
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FILES = 100

CACHES = {
    # Counts of failed sign-ins must be the same in every process.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        # So many that nobody pushes the counts of one account out by trying many others.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    },
    # What a process worked out and may work out again: keyed by load and settings, never by person.
    "worked_out": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "worked-out",
        "OPTIONS": {"MAX_ENTRIES": 2000},
        "TIMEOUT": None,
    },
}

# Sign-in
AUTHENTICATION_BACKENDS = ["goldenthread_web.accounts.arriving.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 14},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOCAL_ACCOUNTS = DEMO or bool(_SIGN_IN.get("local_accounts"))
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_ADAPTER = "goldenthread_web.accounts.adapters.AccountAdapter"
ACCOUNT_TEMPLATE_EXTENSION = "html.jinja"
ACCOUNT_FORMS = {
    "login": "goldenthread_web.accounts.forms.SignInForm",
    "reauthenticate": "goldenthread_web.accounts.forms.PasswordAgainForm",
    "change_password": "goldenthread_web.accounts.forms.NewPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "20/15m/ip,5/15m/key"}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if _HTTPS else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = int(INSTALLATION.service.get("proxies", 0))
SOCIALACCOUNT_ADAPTER = "goldenthread_web.accounts.adapters.SocialAccountAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {}
if INSTALLATION.openid_connect is not None:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "council",
                "name": INSTALLATION.openid_connect.name,
                "client_id": INSTALLATION.openid_connect.client_id,
                "secret": INSTALLATION.openid_connect.client_secret,
                "settings": {"server_url": INSTALLATION.openid_connect.server},
            }
        ],
    }
MFA_ADAPTER = "goldenthread_web.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "goldenthread_web.accounts.second_factor.CodeForm",
    "reauthenticate": "goldenthread_web.accounts.second_factor.CodeAgainForm",
    "activate_totp": "goldenthread_web.accounts.second_factor.FirstCodeForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Golden Thread"
MFA_PASSKEY_LOGIN_ENABLED = False

# Sessions
SESSION_ENGINE = "goldenthread_web.accounts.arriving"
SESSION_COOKIE_NAME = "__Host-session" if _HTTPS else "session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"  # the council's sign-in comes back from another site
SESSION_COOKIE_HTTPONLY = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = int(_SIGN_IN.get("absolute_hours", 10)) * 3600  # after which their rows are removed
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "goldenthread_web.ui.errors.form_expired"
IDLE_MINUTES = int(_SIGN_IN.get("idle_minutes", 60))
IDLE_MINUTES_NARRATIVE = int(_SIGN_IN.get("idle_minutes_narrative", 15))
ABSOLUTE_HOURS = int(_SIGN_IN.get("absolute_hours", 10))
COUNCIL_ASKED_EVERY_MINUTES = int(_SIGN_IN.get("council_asked_every_minutes", 5))
DORMANT_DAYS = int(_SIGN_IN.get("dormant_days", 90))

# What a browser is told
SECURE_SSL_REDIRECT = _HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if int(INSTALLATION.service.get("proxies", 0)):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
if INSTALLATION.openid_connect is not None:
    # The button on the sign-in page leads there, and browsers count that as sending a form.
    _server = urlsplit(INSTALLATION.openid_connect.server)
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(f"{_server.scheme}://{_server.netloc}")

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if INSTALLATION.service.get("mail_host")
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_HOST = INSTALLATION.service.get("mail_host", "")
EMAIL_FILE_PATH = INSTALLATION.folder / "mail"
DEFAULT_FROM_EMAIL = INSTALLATION.service.get("mail_from", "golden-thread@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"without_values": {"()": "goldenthread_web.config.logs.WithoutValues"}},
    "handlers": {"standard_error": {"class": "logging.StreamHandler", "formatter": "without_values"}},
    "root": {"handlers": ["standard_error"], "level": "WARNING"},
    # Requests are told by the trail, without what was typed. Django's own handlers would write values.
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
