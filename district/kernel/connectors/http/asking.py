"""One question to an HTTP interface: with its key, at its pace, again when it fails for a while. No Django."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import requests

from district.kernel.connectors.http.description import Wanted, origin
from district.kernel.connectors.http.guarded import CONNECT_TIMEOUT_S, session
from district.kernel.connectors.refused import Refused
from district.kernel.connectors.scrubbing import scrub

PASSING = frozenset({429, 500, 502, 503, 504})
STATUSES = {
    401: ("login_refused", "认证不被接受，请核对密钥"),
    403: ("not_permitted", "没有权限，请向提供方申请"),
    404: ("not_found", "没有这个接口，请核对地址"),
    429: ("too_many_requests", "请求过于频繁，被要求稍后再来"),
}
FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 120.0
MOST_REDIRECTS = 3
CHUNK_BYTES = 65_536


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str


@dataclass
class Asker:
    """`secrets`: those of the source, by name. `wait` sleeps for some seconds; tests give their own."""

    wanted: Wanted
    secrets: Mapping[str, str]
    wait: Callable[[float], None] = time.sleep
    _session: requests.Session = field(default_factory=session)
    _token: str = ""
    _token_until: float = 0.0
    _asked_at: float = 0.0
    _last: str = ""

    def close(self) -> None:
        self._session.close()

    def ask(self, url: str, params: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Answer:
        """Raises Refused when there is no good answer, after trying again where that may help."""
        last: Refused | None = None
        for attempt in range(self.wanted.tries):
            pause = FIRST_PAUSE_S * 2**attempt
            try:
                answer = self._once(url, params, headers or {})
            except Refused as refusal:
                if not refusal.is_passing:
                    raise
                last = refusal
            else:
                if answer.status not in PASSING:
                    return self._accepted(answer)
                last = self._refused(answer)
                pause = max(pause, retry_after_s(answer.headers))
            if attempt + 1 < self.wanted.tries:
                if pause > LONGEST_PAUSE_S:
                    break
                self.wait(pause)
        assert last is not None
        raise last

    def _once(self, url: str, params: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        for _ in range(MOST_REDIRECTS + 1):
            self._keep_pace()
            answer = self._sent(self.wanted.method, url, params, headers)
            if answer.status == 401 and self.wanted.authorization == "oauth2" and self._token:
                self._token = ""
                answer = self._sent(self.wanted.method, url, params, headers)
            if answer.status not in (301, 302, 303, 307, 308):
                return answer
            url, params = self._redirected(url, answer), {}
        raise self._trouble("redirects_endless", "接口不断要求跳转", url)

    def _redirected(self, url: str, answer: Answer) -> str:
        target = urljoin(url, answer.headers.get("location", ""))
        before, after = origin(url), origin(target)
        is_upgrade = before[:2] == ("http", after[1]) and after[0] == "https"
        if before != after and not is_upgrade:
            raise self._trouble("redirected_away", f"接口要求跳转到别的主机“{after[1]}”，没有跟随", url)
        return target

    def _sent(self, method: str, url: str, params: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        key_headers, key_params, basic = self._authorization()
        request: dict[str, Any] = {
            "params": {**params, **key_params}, "headers": {**self.wanted.headers, **headers, **key_headers}, "auth": basic,
        }  # fmt: skip
        if method == "POST":
            request["json"] = self.wanted.body or {}
        return self._fetched(method, url, **request)

    def _fetched(self, method: str, url: str, **request: Any) -> Answer:
        limit = int(self.wanted.most_mb * 1_000_000)
        until = time.monotonic() + 10 * self.wanted.timeout_s
        try:
            with self._session.request(
                method, url, allow_redirects=False, stream=True, timeout=(CONNECT_TIMEOUT_S, self.wanted.timeout_s),
                **request,
            ) as response:  # fmt: skip
                body = bytearray()
                for chunk in response.iter_content(CHUNK_BYTES):
                    body += chunk
                    if len(body) > limit:
                        raise self._trouble(
                            "answer_too_large",
                            f"一次回答超过 {self.wanted.most_mb:g} MB，请减小每页条数",
                            url,
                        )
                    if time.monotonic() > until:
                        raise requests.Timeout
                return Answer(
                    response.status_code, response.headers, bytes(body), plain_url(response.url or url)
                )
        except requests.Timeout:
            raise self._trouble(
                "timed_out", f"{self.wanted.timeout_s:g} 秒内没有回答", url, is_passing=True
            ) from None
        except requests.exceptions.SSLError as error:
            raise self._trouble("tls_failed", f"加密连接失败（{self._said(error)}）", url) from None
        except requests.exceptions.ContentDecodingError:
            raise self._trouble("answer_damaged", "回答的压缩内容损坏", url) from None
        except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError) as error:
            raise self._trouble(
                "host_unreachable", f"连不上接口（{self._said(error)}）", url, is_passing=True
            ) from None
        except (requests.RequestException, UnicodeError) as error:
            raise self._trouble("request_failed", f"请求没有发出（{self._said(error)}）", url) from None

    def _authorization(self) -> tuple[dict[str, str], dict[str, str], tuple[str, str] | None]:
        """Headers, parameters and the pair for Basic (RFC 7617, 6750)."""
        wanted, kind = self.wanted, self.wanted.authorization
        if kind == "api_key":
            pair = {wanted.key_name: self._secret("api_key")}
            return (pair, {}, None) if wanted.key_place == "header" else ({}, pair, None)
        if kind == "bearer":
            return {"Authorization": f"Bearer {self._secret('token')}"}, {}, None
        if kind == "basic":
            pair_of = (
                wanted.user.encode().decode("latin-1"),
                self._secret("password").encode().decode("latin-1"),
            )
            return {}, {}, pair_of
        if kind == "oauth2":
            return {"Authorization": f"Bearer {self._access_token()}"}, {}, None
        return {}, {}, None

    def _access_token(self) -> str:
        """Client credentials (RFC 6749, 4.4); kept until shortly before it ends."""
        if self._token and time.monotonic() < self._token_until:
            return self._token
        data = {"grant_type": "client_credentials"} | (
            {"scope": self.wanted.scope} if self.wanted.scope else {}
        )
        pair = (self.wanted.client_id, self._secret("client_secret"))
        answer = self._fetched(
            "POST", self.wanted.token_url, data=data, auth=pair, headers={"Accept": "application/json"}
        )
        if answer.status in PASSING:
            raise self._trouble("token_failed", f"令牌接口回答 {answer.status}", answer.url, is_passing=True)
        try:
            given = requests.models.complexjson.loads(answer.body)
            token = given["access_token"]
        except (ValueError, KeyError, TypeError):
            raise self._trouble(
                "login_refused", f"令牌接口没有给出令牌（回答 {answer.status}）", answer.url
            ) from None
        self._token, lasts = str(token), float(given.get("expires_in") or 300)
        self._token_until = time.monotonic() + max(lasts - 30, 1)
        return self._token

    def _secret(self, name: str) -> str:
        value = self.secrets.get(name, "")
        if not value:
            raise Refused("secret_missing", "还没有填写认证用的密钥", field=name)
        return value

    def _keep_pace(self) -> None:
        pause = self._asked_at + 60 / self.wanted.per_minute - time.monotonic()
        if self._asked_at and pause > 0:
            self.wait(pause)
        self._asked_at = time.monotonic()

    def _accepted(self, answer: Answer) -> Answer:
        if 200 <= answer.status < 300 or answer.status == 304:
            return answer
        raise self._refused(answer)

    def _refused(self, answer: Answer) -> Refused:
        other = (
            ("server_failed", "接口出错") if answer.status >= 500 else ("answer_unexpected", "接口不接受请求")
        )
        code, words = STATUSES.get(answer.status, other)
        shown = self._said(answer.body[:200].decode("utf-8", "replace")) if answer.status < 500 else ""
        text = f"{words}（{answer.status}）{shown}"
        return self._trouble(code, text, answer.url, is_passing=answer.status in PASSING)

    def _trouble(self, code: str, words: str, url: str, *, is_passing: bool = False) -> Refused:
        return Refused(
            code, scrub(f"{plain_url(url)}：{words}", self._hidden()), field="url", is_passing=is_passing
        )

    def _said(self, what: Any) -> str:
        reason = getattr(what, "args", [what])[0]
        return scrub(getattr(reason, "reason", reason), self._hidden()).split("?")[0][:160]

    def _hidden(self) -> list[str]:
        return [*self.secrets.values(), self._token]

    def without_key(self, url: str) -> str:
        """An address as it may be stored: an answer's next address often has our key in it."""
        names = {self.wanted.key_name} if self.wanted.authorization == "api_key" else set()
        parts = urlsplit(url)
        kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in names]
        return scrub(urlunsplit(parts._replace(query=urlencode(kept))), self._hidden())


def plain_url(url: str) -> str:
    """Without query and fragment, which may hold what is nobody's business."""
    return urlunsplit(urlsplit(url)._replace(query="", fragment=""))


def retry_after_s(headers: Mapping[str, str]) -> float:
    """RFC 9110, 10.2.3: seconds or a date; 0 where there is none that can be read."""
    text = headers.get("retry-after", "").strip()
    if text.isdigit():
        return float(text)
    try:
        return max((parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds(), 0.0)
    except (TypeError, ValueError):
        return 0.0
