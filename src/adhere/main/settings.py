"""Settings, only from the environment; see the guide for engineers."""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
from pathlib import Path
from urllib.parse import urlsplit

from adhere.core.areas import area_names
from adhere.main.database import database

DATA = Path(os.environ.get("ADHERE_DATA", "./adhere-data")).resolve()
URL = os.environ.get("ADHERE_URL", "http://localhost:8000").rstrip("/")
# The website of the fictitious company; ``adhere up --demo`` puts it up.
DEMO = os.environ.get("ADHERE_DEMO") == "yes"


def _secret_key() -> str:
    """A key of this installation, made on first use and kept beside the data."""
    DATA.mkdir(parents=True, exist_ok=True)
    path = DATA / "secret-key"
    if not path.exists():
        # Linked into place whole: another process that starts now reads all of it or makes none.
        fresh = DATA / f".secret-key-{os.getpid()}"
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text().strip()


SECRET_KEY = _secret_key()
DEBUG = False
_ADDRESS = urlsplit(URL)
SECURE = _ADDRESS.scheme == "https"
ALLOWED_HOSTS = [_ADDRESS.hostname or "localhost", "localhost", "127.0.0.1", "[::1]", "testserver"]
CSRF_TRUSTED_ORIGINS = [URL]
CSRF_FAILURE_VIEW = "adhere.console.errors.expired_form"

# The console stands before allauth, so that its templates dress allauth's pages.
INSTALLED_APPS = [
    "adhere.core",
    "adhere.console",
    "adhere.console.auditing",
    "adhere.console.directory",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    *(f"adhere.areas.{name}" for name in area_names()),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "adhere.console.security.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "adhere.console.language.spoken",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "adhere.console.access.sign_in_required",
    "adhere.console.auditing.opening.remembered",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "adhere.main.urls"
WSGI_APPLICATION = "adhere.main.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "adhere.console.context.house",
            ],
        },
    },
]

DATABASES = {"default": database(DATA, os.environ.get("ADHERE_DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "console.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_USER_DISPLAY = "adhere.console.adapters.display_name"
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "adhere.console.adapters.ClosedAccounts"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"add_webauthn": "adhere.console.passkeys.AddPasskeyForm"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 1
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_VERBOSE = False
# It would keep addresses of people, and of one-time links, beyond an erasure.
AXES_DISABLE_ACCESS_LOG = True


def _role_groups(written: str) -> dict[str, str]:
    """Roles and the directory's groups that give them: ``security=IT Security;…``."""
    pairs = (part.partition("=") for part in written.split(";") if part.strip())
    return {role.strip(): group.strip() for role, _, group in pairs}


ROLE_GROUPS = _role_groups(os.environ.get("ADHERE_ROLE_GROUPS", ""))

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("nl", "Nederlands"), ("fr", "Français"), ("de", "Deutsch")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("ADHERE_TIME_ZONE", "Europe/Brussels")
COUNTRY = os.environ.get("ADHERE_COUNTRY", "BE").upper()

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "long"]}}

EMAIL_HOST = os.environ.get("ADHERE_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("ADHERE_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("ADHERE_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("ADHERE_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("ADHERE_SMTP_TLS", "yes") == "yes"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("ADHERE_MAIL_FROM", f"adhere@{_ADDRESS.hostname}")
if not EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"tokens": {"()": "adhere.console.hiding.HideTokens"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "stream": sys.stderr,
            "filters": ["tokens"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # An address or a host that is not there is the visitor's mistake, not news for the log.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
