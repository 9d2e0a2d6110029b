"""AES undone (FIPS 197), all blocks at once: for workbooks that Excel encrypts with a password everybody knows."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
_PLACES = [4 * ((column - row) % 4) + row for column in range(4) for row in range(4)]  # the rows shifted back


def decrypted(key: bytes, data: bytes, start: bytes | None = None) -> bytes:
    """Whole blocks of 16 bytes under a key of 16, 24 or 32.

    `start`: what the first block was mixed with, where they were chained.
    """
    blocks = np.frombuffer(data, np.uint8).reshape(-1, 16)
    keys, (_, back) = _round_keys(key), _tables()
    state = blocks ^ keys[-1]
    for one in keys[-2:0:-1]:
        state = _unmixed(back[state[:, _PLACES]] ^ one)
    state = back[state[:, _PLACES]] ^ keys[0]
    if start is not None:
        state ^= np.frombuffer(start[:16] + data, np.uint8).reshape(-1, 16)[:-1]
    return bytes(state.tobytes())


def _times(a: int, b: int) -> int:
    """The product in the field of 256."""
    product = 0
    while b:
        product ^= a if b & 1 else 0
        a = (a << 1) ^ (0x11B if a & 0x80 else 0)
        b >>= 1
    return product


@cache
def _tables() -> tuple[Bytes, Bytes]:
    """The substitution of bytes, and its way back."""
    inverse = [next((b for b in range(256) if _times(a, b) == 1), 0) for a in range(256)]
    there = np.array(
        [b ^ _turned(b, 1) ^ _turned(b, 2) ^ _turned(b, 3) ^ _turned(b, 4) ^ 0x63 for b in inverse], np.uint8
    )
    return there, np.argsort(there).astype(np.uint8)


def _turned(byte: int, bits: int) -> int:
    return ((byte << bits) | (byte >> (8 - bits))) & 0xFF


@cache
def _multiples() -> list[Bytes]:
    return [np.array([_times(byte, factor) for byte in range(256)], np.uint8) for factor in (14, 11, 13, 9)]


def _unmixed(state: Bytes) -> Bytes:
    columns = state.reshape(-1, 4, 4)
    mixed = np.zeros_like(columns)
    for shift, table in enumerate(_multiples()):
        mixed ^= table[np.roll(columns, -shift, axis=2)]
    return mixed.reshape(-1, 16)


def _round_keys(key: bytes) -> Bytes:
    there, words, constant = _tables()[0], [key[at : at + 4] for at in range(0, len(key), 4)], 1
    length = len(words)
    for number in range(length, 4 * (length + 7)):
        word = words[-1]
        if number % length == 0:
            word = bytes(there[byte] for byte in word[1:] + word[:1])
            word, constant = bytes([word[0] ^ constant]) + word[1:], _times(constant, 2)
        elif length > 6 and number % length == 4:
            word = bytes(there[byte] for byte in word)
        words.append(bytes(a ^ b for a, b in zip(word, words[-length], strict=True)))
    return np.frombuffer(b"".join(words), np.uint8).reshape(-1, 16)
