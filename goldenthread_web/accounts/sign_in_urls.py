"""Which addresses of allauth exist here? These and no others: no sign-up, no reset by e-mail."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path

from goldenthread_web.accounts.sign_in_views import (
    SignIn,
    cancelled,
    council_answer,
    council_sign_in,
    not_here,
)

urlpatterns = [
    path("login/", SignIn.as_view(), name="account_login"),
    path("council/", council_sign_in, name="council_sign_in"),
    path("council/answer/", council_answer, {"provider_id": "council"}, name="openid_connect_callback"),
    path("council/cancelled/", cancelled, name="socialaccount_login_cancelled"),
    path("logout/", account.logout, name="account_logout"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", not_here, name="account_set_password"),  # allauth leads accounts without one there
    path("second-factor/", second_factor.index, name="mfa_index"),
    path("second-factor/code/", second_factor.authenticate, name="mfa_authenticate"),
    path("second-factor/again/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/set-up/", totp.activate_totp, name="mfa_activate_totp"),
    path("second-factor/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-factor/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "second-factor/recovery-codes/new/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
]
