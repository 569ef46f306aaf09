"""JT/T 808 in the gateway: vehicle terminals over TCP and UDP.

`dialect` takes the bytes of many connections apart: positions by columns (`places`), everything else message by message
(`messages`). `sessions` is who has proved who it is, `answers` what is said to thousands at once, `commands` what people
ask of a terminal.
"""

from .dialect import Jt808

__all__ = ["Jt808"]
