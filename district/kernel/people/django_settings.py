"""Settings of sign-in, sessions and passwords; merged into Django's by `edges.web.settings`.

The numbers are the defaults of docs/running/security; GB/T 22239-2019 level 3 asks for the control, not the figure.
"""

from __future__ import annotations

import os
from datetime import timedelta

from district.kernel.people import single_sign_on

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "district.kernel.people.passwords.LongEnough", "OPTIONS": {"characters": 10}},
    {"NAME": "district.kernel.people.passwords.MixedClasses", "OPTIONS": {"classes": 3}},
    {"NAME": "district.kernel.people.passwords.NotTheUsername"},
    {"NAME": "district.kernel.people.passwords.NotCommon"},
    {"NAME": "district.kernel.people.passwords.NotUsedBefore", "OPTIONS": {"last": 5}},
]
PASSWORD_MAX_AGE = timedelta(days=90)
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "district_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_IDLE = timedelta(minutes=30)
SESSION_IDLE_PRIVILEGED = timedelta(minutes=15)
SESSION_LONGEST = timedelta(hours=12)
SESSIONS_AT_ONCE = int(os.environ.get("DISTRICT_SESSIONS_AT_ONCE") or 2)
SESSIONS_AT_ONCE_DEMO = 20  # demo accounts are shared by everybody who tries the platform out
CSRF_COOKIE_SAMESITE = "Lax"

# Behind a proxy that ends TLS: DISTRICT_HTTPS=1 marks cookies as secure, DISTRICT_PROXIES says how many there are.
_IS_HTTPS = os.environ.get("DISTRICT_HTTPS") == "1"
SESSION_COOKIE_SECURE = _IS_HTTPS
CSRF_COOKIE_SECURE = _IS_HTTPS
TRUSTED_PROXIES = int(os.environ.get("DISTRICT_PROXIES") or 0)

SECOND_FACTOR_REQUIRED_ROLES = tuple(
    role for role in os.environ.get("DISTRICT_SECOND_FACTOR", "").split(",") if role
)
"""Roles that may do nothing before they have set up a second factor; empty while trying the platform out.
An installation in earnest sets DISTRICT_SECOND_FACTOR=people.admin,people.auditor,kernel.operator."""

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "district.kernel.people.request_address.client_address"
AXES_LOCKOUT_CALLABLE = "district.kernel.people.sign_in.locked_out"
AXES_USERNAME_CALLABLE = "district.kernel.people.sign_in.claimed_username"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_ALLOWED_CORS_ORIGINS = ""

ACCOUNT_ADAPTER = "district.kernel.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_FORMS = {
    "login": "district.kernel.people.sign_in_forms.SignInForm",
    "change_password": "district.kernel.people.sign_in_forms.PasswordForm",
    "reauthenticate": "district.kernel.people.sign_in_forms.ConfirmForm",
}
MFA_FORMS = {
    "authenticate": "district.kernel.people.sign_in_forms.CodeForm",
    "reauthenticate": "district.kernel.people.sign_in_forms.ConfirmCodeForm",
    "activate_totp": "district.kernel.people.sign_in_forms.ActivateForm",
}
# Whole offices share an address, so nothing is limited by address; the lockout above limits guessing.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "20/h/key", "change_password": "10/m/user"}

MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "区智 District"
MFA_ADAPTER = "district.kernel.people.adapter.SecondFactorAdapter"
MFA_RECOVERY_CODES_SHOW_ONCE = True

_ISSUER = single_sign_on.issuer()
if _ISSUER is not None:
    globals().update(single_sign_on.settings_of(_ISSUER))
