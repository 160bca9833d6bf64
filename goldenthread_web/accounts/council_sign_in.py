"""Is what the council's sign-in sent back genuine, and whose account is it?

allauth carries the code there and back (state, PKCE). What it leaves open is closed here: the signature is
checked whatever way the token came, only algorithms with a key pair count, and issuer, audience, nonce,
times and the party it was made for must fit.
"""

from dataclasses import dataclass
from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
SCOPES = ("openid", "profile", "email", "offline_access")  # the last gives a token to ask again with
_GONE = frozenset({"invalid_grant", "interaction_required", "login_required", "consent_required"})
_REQUIRED = ("iss", "aud", "sub", "exp", "iat", "nonce")
_LEEWAY = 60  # seconds by which clocks may differ
_WELL_KNOWN = "/.well-known/openid-configuration"


class NotVouchedFor(Exception):
    """The council's sign-in does not let this person in any more, or not without asking them again."""


@dataclass(frozen=True)
class Identity:
    """Whom the council's sign-in vouches for."""

    subject: str
    email: str
    is_verified: bool


class CouncilAdapter(OpenIDConnectOAuth2Adapter):
    """One conversation with the council's sign-in."""

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """The sign-in of the person for whom a genuine token was made; OAuth2Error for any other token."""
        request.council_token = str(kwargs["response"].get("refresh_token") or "")  # type: ignore[attr-defined]
        found = self._verified(app.client_id, str(kwargs["response"].get("id_token") or ""), request)
        kept = {"sub": found.subject, "email": found.email, "email_verified": found.is_verified}
        return self.get_provider().sociallogin_from_response(request, {"id_token": kept})

    def prolonged(self, token: str) -> str:
        """The token to ask with the next time, where the council lets its person in still.

        NotVouchedFor where it does not; OAuth2Error or RequestException where it gave no answer to that.
        """
        app = self.get_provider().app
        sent = {"grant_type": "refresh_token", "refresh_token": token}
        if self.basic_auth:
            proof: dict[str, Any] = {"auth": (app.client_id, app.secret)}
        else:
            proof, sent = {}, sent | {"client_id": app.client_id, "client_secret": app.secret}
        with get_adapter().get_requests_session() as session:
            answer = session.request("POST", self.access_token_url, data=sent, **proof)
        said = answer.json()
        if answer.ok and "access_token" in said:
            return str(said.get("refresh_token") or token)
        if said.get("error") in _GONE:
            raise NotVouchedFor
        raise OAuth2Error(f"It answered {answer.status_code}.")

    def _verified(self, client_id: str, token: str, request: HttpRequest) -> Identity:
        issuer = str(self.openid_config.get("issuer", ""))
        expected = self.get_provider().server_url.removesuffix(_WELL_KNOWN)
        if issuer.rstrip("/") != expected.rstrip("/"):
            raise OAuth2Error("The sign-in names itself otherwise than the installation does.")
        try:
            claims = jwt.decode(
                token,
                key=self._key(token),
                algorithms=ALGORITHMS,
                audience=client_id,
                issuer=issuer,
                leeway=_LEEWAY,
                options={"require": list(_REQUIRED)},
            )
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as problem:
            raise OAuth2Error("The token is not genuine.") from problem
        return _identity(claims, client_id, nonce_of(request.GET.get("state", "")))

    def _key(self, token: str) -> Any:
        """The key of the council's sign-in that the token names."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        wanted = jwt.get_unverified_header(token).get("kid")
        for key in jwt.PyJWKSet.from_dict(answer.json()).keys:
            if key.key_id == wanted and key.key_type != "oct" and key.public_key_use in (None, "sig"):
                return key
        raise OAuth2Error("The token names a key that the sign-in does not have.")


def token_of(request: HttpRequest) -> str:
    """The token to ask again with, which came with the answer of the council's sign-in; blank: none came."""
    return getattr(request, "council_token", "")


def nonce_of(state: str) -> str:
    """What a token must carry to belong to the conversation of that state."""
    return salted_hmac("goldenthread.council.nonce", state, algorithm="sha256").hexdigest()


def _identity(claims: dict[str, Any], client_id: str, nonce: str) -> Identity:
    if claims["nonce"] != nonce:
        raise OAuth2Error("The token belongs to another conversation.")
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", "" if several else client_id) != client_id:
        raise OAuth2Error("The token was made for another service.")
    # Entra ID says xms_edov where others say email_verified; absent is not verified.
    verified = claims.get("email_verified") is True or claims.get("xms_edov") in (True, 1, "1", "true")
    return Identity(str(claims["sub"]), str(claims.get("email") or "").strip().lower(), verified)
