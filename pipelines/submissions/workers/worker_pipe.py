"""What is said between the server and a worker process: a line of facts in JSON, then bytes."""

import json
import struct
from typing import Any, BinaryIO

_LENGTHS = struct.Struct("<II")
Facts = dict[str, Any]


def send(stream: BinaryIO, facts: Facts, body: bytes = b"") -> None:
    """Write one message and flush it."""
    head = json.dumps(facts).encode()
    stream.write(_LENGTHS.pack(len(head), len(body)) + head)
    stream.write(body)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[Facts, bytes] | None:
    """The next message, None when the other side is gone."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    head_length, body_length = _LENGTHS.unpack(lengths)
    head, body = stream.read(head_length), stream.read(body_length)
    if len(head) < head_length or len(body) < body_length:
        return None
    return json.loads(head), body
