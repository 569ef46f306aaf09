"""Tokens of programs (django-oauth-toolkit): client credentials only, short-lived, kept as digests (RFC 9700)."""

OAUTH2_PROVIDER = {
    "ACCESS_TOKEN_EXPIRE_SECONDS": 1800,
    "SCOPES": {"data": "读取本部门获得授权的数据"},
    "DEFAULT_SCOPES": ["data"],
    "OAUTH2_VALIDATOR_CLASS": "district.kernel.grants.tokens.ProgramTokens",
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
    "REFRESH_TOKEN_EXPIRE_SECONDS": 0,
}

# Named only because migrations ask for it by name.
OAUTH2_PROVIDER_APPLICATION_MODEL = "oauth2_provider.Application"
