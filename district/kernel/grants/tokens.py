"""Tokens of programs: only those of a client that is in use, by client credentials only."""

from __future__ import annotations

from typing import Any

from oauth2_provider.oauth2_validators import OAuth2Validator

CLIENT_CREDENTIALS = "client_credentials"


class ProgramTokens(OAuth2Validator):
    """What django-oauth-toolkit asks before it hands out a token."""

    def authenticate_client(self, request: Any, *args: Any, **kwargs: Any) -> bool:
        return super().authenticate_client(request, *args, **kwargs) and is_in_use(request.client)

    def validate_grant_type(
        self, client_id: str, grant_type: str, client: Any, request: Any, *args: Any, **kwargs: Any
    ) -> bool:
        return grant_type == CLIENT_CREDENTIALS and super().validate_grant_type(
            client_id, grant_type, client, request, *args, **kwargs
        )


def is_in_use(application: Any) -> bool:
    """Whether there is a client behind an application, and it is not stopped."""
    client = getattr(application, "client", None)
    return client is not None and client.is_active
