"""Messages of a NATS JetStream stream through a durable consumer, acknowledged by the caller. No Django."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Coroutine, Mapping
from typing import Any

from district.kernel.connectors import addresses, certificates
from district.kernel.connectors.refused import Refused
from district.kernel.connectors.scrubbing import scrub
from district.kernel.connectors.streams.description import Wanted
from district.kernel.connectors.streams.message import Incoming

CONNECT_TIMEOUT_S = 5
ACK_WAIT_S = 60.0
"""After so long without an acknowledgement a message is sent again."""


class NatsBroker:
    """One connection, used by one thread, with a loop of its own that turns only while it is asked for something.

    `is_trial`: only to look, nothing is remembered.
    """

    def __init__(self, wanted: Wanted, secrets: Mapping[str, str], *, is_trial: bool = False) -> None:
        self.wanted, self.secrets, self.is_trial = wanted, secrets, is_trial
        self._loop = asyncio.new_event_loop()
        self._client: Any = None
        self._subscription: Any = None
        self._come: list[Any] = []

    def connect(self) -> None:
        """Raises Refused when the server cannot be reached, will not have us, or has no such stream."""
        self._do(self._connect())

    def receive(self, most: int, wait_s: float) -> list[Incoming]:
        """What came, after `wait_s` at the latest. Raises Refused when the connection is lost."""
        self._come = self._do(self._fetch(most, wait_s))
        return [Incoming(each.subject, bytes(each.data), _identity(each)) for each in self._come]

    def acknowledge(self) -> None:
        """All that was received."""
        self._do(self._acknowledge())
        self._come = []

    def close(self) -> None:
        self._loop.run_until_complete(self._close())
        self._loop.close()

    async def _close(self) -> None:
        if self._client is not None and not self._client.is_closed:
            await self._client.close()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _connect(self) -> None:
        import nats
        from nats.js.api import AckPolicy, ConsumerConfig

        wanted = self.wanted
        address = addresses.resolve(wanted.host, wanted.port)[0]
        shown = f"[{address}]" if ":" in address else address
        login: dict[str, Any] = {
            name: value
            for name, value in {
                "user": wanted.user, "password": self.secrets.get("password"), "token": self.secrets.get("token"),
            }.items()
            if value
        }  # fmt: skip
        if wanted.is_encrypted:
            login |= {"tls": certificates.context(wanted.host, wanted.authority), "tls_hostname": wanted.host}
        # Without reconnecting: servers name others to reconnect to, and those would go unchecked.
        connecting = nats.connect(
            f"nats://{shown}:{wanted.port}", allow_reconnect=False, connect_timeout=CONNECT_TIMEOUT_S,
            max_reconnect_attempts=1, reconnect_time_wait=0.1, error_cb=_ignored, name="district", **login,
        )  # fmt: skip
        self._client = await asyncio.wait_for(connecting, 2 * CONNECT_TIMEOUT_S)
        stream = self._client.jetstream()
        config = ConsumerConfig(ack_policy=AckPolicy.EXPLICIT, ack_wait=ACK_WAIT_S, max_ack_pending=20_000)
        self._subscription = await stream.pull_subscribe(
            wanted.topic,
            durable=None if self.is_trial else wanted.name,
            stream=wanted.stream or None,
            config=config,
        )

    async def _fetch(self, most: int, wait_s: float) -> list[Any]:
        if not self._client.is_connected:
            raise self._lost()
        try:
            return await self._subscription.fetch(most, timeout=wait_s)
        except TimeoutError:  # nothing came in time; nats raises its own and, on a slow machine, the plain one
            return []

    async def _acknowledge(self) -> None:
        for message in self._come:
            await message.ack()
        await self._client.flush()

    def _do(self, work: Coroutine[Any, Any, Any]) -> Any:
        from nats import errors
        from nats.js.errors import APIError, NotFoundError

        try:
            return self._loop.run_until_complete(work)
        except NotFoundError:
            raise Refused(
                "stream_missing",
                f"{self._place()}：没有包含主题“{self.wanted.topic}”的流",
                field="topic",
                value=self.wanted.topic,
            ) from None
        except (errors.AuthorizationError, APIError) as error:
            is_login = isinstance(error, errors.AuthorizationError)
            code, words = (
                ("login_refused", "用户名或密码不被接受")
                if is_login
                else ("broker_refused", f"服务器拒绝（{self._said(error)}）")
            )
            raise Refused(code, f"{self._place()}：{words}", field="user") from None
        except ssl.SSLCertVerificationError as error:
            said = f"服务器的证书不是所填机构签发的，或不是这台主机的（{error.verify_message}）"
            raise Refused("certificate_refused", f"{self._place()}：{said}", field="authority") from None
        except (errors.Error, OSError, TimeoutError) as error:
            if "authorization" in str(error).lower():
                raise Refused(
                    "login_refused", f"{self._place()}：用户名或密码不被接受", field="user"
                ) from None
            raise self._lost(self._said(error)) from None

    def _lost(self, said: str = "连接中断") -> Refused:
        return Refused(
            "host_unreachable", f"{self._place()}：连不上消息服务器（{said}）", field="host", is_passing=True
        )

    def _said(self, error: Exception) -> str:
        return scrub(error, self.secrets.values())[:120] or type(error).__name__

    def _place(self) -> str:
        return f"{self.wanted.host}:{self.wanted.port}"


async def _ignored(error: Exception) -> None:
    """What went wrong is raised where we wait for an answer."""


def _identity(message: Any) -> str:
    """The sender's id, else the message's place in its stream."""
    sender = (message.headers or {}).get("Nats-Msg-Id", "")
    metadata = message.metadata
    return f"id:{sender}" if sender else f"{metadata.stream}:{metadata.sequence.stream}"
