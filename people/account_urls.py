"""The addresses of one's own account: those of the house first, then those of django-allauth that are open here."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView, TemplateView

from .views import account, identities, lock, proving

to_account = RedirectView.as_view(pattern_name="account")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", account.account, name="account"),
    path("second-factor/", account.second_factor, name="second_factor"),
    path("lock/", lock.lock, name="lock"),
    path("active/", lock.active, name="active"),
    path("unlock/", lock.unlock, name="unlock"),
    path("unlock/passkey/", lock.unlock_passkey, name="unlock_passkey"),
    path("password/set/", proving.first_password, name="account_set_password"),
    path("sessions/", proving.other_sessions, name="usersessions_list"),
    path("email/", to_account, name="account_email"),
    path("2fa/", to_account, name="mfa_index"),
    path("2fa/webauthn/", to_account, name="mfa_list_webauthn"),
    path("oidc/<slug:provider_id>/login/", identities.enter, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/unlink/", account.unlink, name="unlink_identity"),
    path(
        "oidc/cancelled/",
        TemplateView.as_view(template_name="socialaccount/login_cancelled.html"),
        name="socialaccount_login_cancelled",
    ),
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
