"""Workbooks encrypted with the password that Excel itself tries are read; with another they are told to have one."""

import base64
import hashlib
import struct
from collections.abc import Callable

import numpy as np
import pytest

from pipelines.submissions import reader
from pipelines.submissions.container import aes, default_password
from pipelines.submissions.container.aes import decrypted
from pipelines.submissions.container.default_password import opened
from pipelines.submissions.container.xor_obfuscation import xor_key_and_verifier, xor_pattern
from pipelines.submissions.copy import annotate
from tests.support.workbooks.filled_books import REFERENCE, book
from tests.support.workbooks.ole_files import ole
from tests.support.workbooks.other_formats import as_xls

WRONG = {("Cán bộ", "H4"): "Rất tốt"}
SALT = bytes(range(16))


def _encrypted(key: bytes, data: bytes, start: bytes | None = None) -> bytes:
    """AES forwards, block by block, from the tables of the way back."""
    there, _ = aes._tables()
    keys, made, before = aes._round_keys(key), b"", start
    twice, thrice = (np.array([aes._times(b, n) for b in range(256)], np.uint8) for n in (2, 3))
    for at in range(0, len(data), 16):
        state = np.frombuffer(data[at : at + 16], np.uint8)
        state = (state ^ np.frombuffer(before[:16], np.uint8) if before else state) ^ keys[0]
        for number, one in enumerate(keys[1:], start=1):
            state = there[state][np.argsort(aes._PLACES)].reshape(4, 4)
            if number < len(keys) - 1:
                state = twice[state] ^ thrice[np.roll(state, -1, 1)] ^ np.roll(state, -2, 1) ^ np.roll(state, -3, 1)
            state = state.reshape(16) ^ one
        made += bytes(state)
        before = bytes(state) if start else None
    return made


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 16)


def _standard(data: bytes) -> bytes:
    hashed = hashlib.sha1(default_password._spun("sha1", SALT, 50_000) + bytes(4)).digest()
    key = hashlib.sha1(bytes(a ^ 0x36 for a in hashed.ljust(64, b"\0"))).digest()[:16]
    checked = _encrypted(key, hashlib.sha1(SALT).digest() + bytes(12))
    header = struct.pack("<IIIIIIII", 0x24, 0, 0x660E, 0x8004, 128, 24, 0, 0)
    info = struct.pack("<HHII", 3, 2, 0x24, len(header)) + header
    info += struct.pack("<I", 16) + SALT + _encrypted(key, SALT) + struct.pack("<I", 20) + checked
    return ole(
        {"EncryptionInfo": info, "EncryptedPackage": struct.pack("<Q", len(data)) + _encrypted(key, _padded(data))}
    )


def _agile(data: bytes) -> bytes:
    hashed, key = default_password._spun("sha512", SALT, 1_000), bytes(range(32))

    def value(block: bytes, what: bytes) -> str:
        made = _encrypted(hashlib.sha512(hashed + block).digest()[:32], what, SALT)
        return base64.b64encode(made).decode()

    salt = base64.b64encode(SALT).decode()
    how = f'saltValue="{salt}" keyBits="256" hashAlgorithm="SHA512"'
    values = f'encryptedVerifierHashInput="{value(default_password._INPUT, SALT)}" '
    values += f'encryptedVerifierHashValue="{value(default_password._VALUE, hashlib.sha512(SALT).digest())}" '
    values += f'encryptedKeyValue="{value(default_password._KEY, key)}"'
    info = f'<encryption><keyData {how}/><x><encryptedKey spinCount="1000" {how} {values}/></x></encryption>'
    body = b""
    for number, at in enumerate(range(0, len(data), 4_096)):
        start = hashlib.sha512(SALT + struct.pack("<I", number)).digest()
        body += _encrypted(key, _padded(data[at : at + 4_096]), start)
    return ole(
        {
            "EncryptionInfo": b"\4\0\4\0\x40\0\0\0" + info.encode(),
            "EncryptedPackage": struct.pack("<Q", len(data)) + body,
        }
    )


def test_the_cipher_gives_what_its_standard_says() -> None:
    plain = bytes.fromhex("00112233445566778899aabbccddeeff")
    for length, text in ((16, "69c4e0d86a7b0430d8cdb78070b4c55a"), (32, "8ea2b7ca516745bfeafc49904b496089")):
        assert decrypted(bytes(range(length)), bytes.fromhex(text)) == plain
    flow = default_password._key_stream(b"Key", 9)
    assert bytes(a ^ b for a, b in zip(b"Plaintext", flow, strict=True)) == bytes.fromhex("bbf316e8d940af0ad3")


def test_the_oldest_way_gives_what_is_known_of_it() -> None:
    """The record of this password, as files hold it; key, verifier and pattern of "abc", as other
    programs make them.
    """
    assert struct.pack("<HH", *xor_key_and_verifier(b"VelvetSweatshop")) == b"\x59\xb3\x0a\x9a"
    assert xor_key_and_verifier(b"abc") == (20_810, 52_250)
    assert xor_pattern(b"abc") == bytes.fromhex("accca4abd6bac3bad6a32b45d37929bb")


@pytest.mark.parametrize("encrypt", [_standard, _agile])
def test_a_workbook_under_the_default_password_is_read_and_copied(
    encrypt: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = book(cells=WRONG)
    data = encrypt(plain)
    assert opened(data) == plain
    there = reader.parse(data, "a.xlsx", REFERENCE)
    assert there.cells.equals(reader.parse(plain, "a.xlsx", REFERENCE).cells)
    assert annotate.copy(data, there.findings).way == "marked"
    monkeypatch.setattr(default_password, "_PASSWORD", "mật khẩu".encode("utf-16-le"))
    assert [f.code for f in reader.parse(data, "a.xlsx", REFERENCE).findings] == ["file.encrypted"]


@pytest.mark.parametrize("way", ["rc4", "cryptoapi", "xor", "xor of 95"])
def test_an_old_workbook_under_the_default_password_is_read(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = as_xls(book(cells=WRONG))
    data = _old(plain, way)
    assert data != plain and reader.parse(data, "a.xls", REFERENCE).cells.equals(
        reader.parse(plain, "a.xls", REFERENCE).cells
    )
    monkeypatch.setattr(default_password, "_PASSWORD", "mật khẩu".encode("utf-16-le"))
    assert [f.code for f in reader.parse(data, "a.xls", REFERENCE).findings] == ["file.encrypted"]


def _old(plain: bytes, way: str) -> bytes:
    """The .xls with its records encrypted."""
    from xlrd.compdoc import CompDoc

    document = CompDoc(plain)
    stream = bytes(document.get_named_stream("Workbook"))
    keys = None
    if way.startswith("xor"):
        record = b"\x59\xb3\x0a\x9a" if way == "xor of 95" else b"\0\0\x59\xb3\x0a\x9a"
    elif way == "rc4":
        record = struct.pack("<HHH", 1, 1, 1) + SALT
        short = hashlib.md5(default_password._PASSWORD).digest()[:5]
        base = hashlib.md5((short + SALT) * 16).digest()[:5]
        keys = lambda n: hashlib.md5(base + struct.pack("<I", n)).digest()  # noqa: E731
        told = SALT + hashlib.md5(SALT).digest()
        flow = default_password._key_stream(keys(0), len(told))
        record += bytes(a ^ b for a, b in zip(told, flow, strict=True))
    else:
        header = struct.pack("<IIIIIIII", 4, 0, 0x6801, 0x8004, 128, 1, 0, 0)
        hashed = hashlib.sha1(SALT + default_password._PASSWORD).digest()
        keys = lambda n: hashlib.sha1(hashed + struct.pack("<I", n)).digest()[:16]  # noqa: E731
        told = SALT + hashlib.sha1(SALT).digest()
        hidden = bytes(a ^ b for a, b in zip(told, default_password._key_stream(keys(0), len(told)), strict=True))
        record = struct.pack("<HHHII", 1, 4, 2, 4, len(header)) + header + struct.pack("<I", 16) + SALT
        record += hidden[:16] + struct.pack("<I", 20) + hidden[16:]
    first = 4 + struct.unpack_from("<HH", stream)[1]
    grown = len(record) + 4
    made, at = bytearray(stream[:first] + struct.pack("<HH", 0x2F, len(record)) + record), first
    plain_places = []
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        body = bytearray(stream[at + 4 : at + 4 + length])
        if kind == 0x85:
            struct.pack_into("<I", body, 0, struct.unpack_from("<I", body)[0] + grown)
        begins = len(made) + 4
        made += struct.pack("<HH", kind, length) + body
        if kind not in default_password._NEVER_ENCRYPTED:
            plain_places.append((begins, begins + (4 if kind == 0x85 else 0), begins + length))
        at += 4 + length
    if keys is None:
        pattern = xor_pattern(b"VelvetSweatshop")
        for begins, start, end in plain_places:
            length = end - begins
            for at in range(start, end):
                one = made[at] ^ pattern[(at + length) % 16]
                made[at] = (one >> 3 | one << 5) & 0xFF
        return ole({"Workbook": bytes(made)})
    flow = b"".join(default_password._key_stream(keys(n), 1_024) for n in range(len(made) // 1_024 + 1))
    for _, start, end in plain_places:
        made[start:end] = bytes(a ^ b for a, b in zip(made[start:end], flow[start:end], strict=True))
    return ole({"Workbook": bytes(made)})
