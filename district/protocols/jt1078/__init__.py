"""JT/T 1078-2016: pictures and sound of vehicles. Signalling rides in JT/T 808 messages, streams come as RTP of its own kind.

`read` gives what a terminal tells, `encode` what a platform asks; `packets` takes a stream apart.
"""

from . import encode
from .bodies import IDS, read
from .stream import Packet, StreamError, StreamReader

__all__ = ["IDS", "Packet", "StreamError", "StreamReader", "encode", "read"]
