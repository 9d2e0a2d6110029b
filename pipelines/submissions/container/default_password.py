"""Excel's own default password: books protected in some ways but open to everybody are encrypted with it
(MS-OFFCRYPTO).
"""

import base64
import hashlib
import struct
from collections.abc import Callable, Iterable
from functools import partial
from xml.etree import ElementTree

from pipelines.submissions.container.aes import decrypted
from pipelines.submissions.container.file_kinds import XLS_STREAMS
from pipelines.submissions.container.old_container import Container
from pipelines.submissions.container.xor_obfuscation import LONGEST, TURNED_BY_3, xor_key_and_verifier, xor_pattern

_PASSWORD = "VelvetSweatshop".encode("utf-16-le")
_SEGMENT, _BLOCK = 4_096, 1_024
_MOST_SPINS, _LONGEST_INFO = 1_000_000, 65_536
_INPUT, _VALUE, _KEY = (bytes.fromhex(one) for one in ("fea7d2763b4b9e79", "d7aa0f6d3061344e", "146e0be7abacd0d6"))
_FILE_PASS, _IGNORED, _SHEET, _END = 0x2F, 0x161, 0x85, 0x0A  # records of an .xls
_NEVER_ENCRYPTED = {0x809, _FILE_PASS, 0xE1, 0x194, 0x195, 0x196, 0x138}
_XOR_OF_EXCEL_95 = 4  # length of its record: a key and a verifier alone
_Keys = Callable[[int], bytes]  # number of a block -> its key
_Hidden = tuple[int, int, int]  # where the encrypted bytes of a record begin and end, and how long the record is
_Undo = Callable[[bytearray, Iterable[_Hidden]], None]


def opened(data: bytes) -> bytes:
    """An OLE file that the default password opens, as the workbook within it; any other bytes as they are."""
    if not data.startswith(b"\xd0\xcf\x11\xe0"):
        return data
    try:
        container = Container(data)
        if info := container.stream("EncryptionInfo"):
            return _package(info, container.stream("EncryptedPackage")) or data
        return next(filter(None, (container.with_stream(name, _decrypted_records) for name in XLS_STREAMS)), data)
    except Exception:  # whatever the bytes lead into: then they are told by their own fault
        return data


def _package(info: bytes, package: bytes) -> bytes | None:
    size = int.from_bytes(package[:8], "little")
    body = package[8 : 8 + len(package[8:]) // 16 * 16]
    if info[:4] == b"\4\0\4\0":
        plain = _agile(bytes(info[8:_LONGEST_INFO]), body)
    else:
        plain = _standard(bytes(info), body)
    return plain[:size] if plain else None


def _standard(info: bytes, body: bytes) -> bytes | None:
    """AES in the way of Office 2007."""
    header = int.from_bytes(info[8:12], "little")
    bits = int.from_bytes(info[28:32], "little")
    at = 12 + header
    salt, verifier, checked = info[at + 4 : at + 20], info[at + 20 : at + 36], info[at + 40 : at + 72]
    hashed = _spun("sha1", salt, 50_000)
    hashed = hashlib.sha1(hashed + bytes(4)).digest()
    halves = (
        hashlib.sha1(bytes(a ^ b for a, b in zip(hashed.ljust(64, b"\0"), fill * 64, strict=True))).digest()
        for fill in (b"\x36", b"\x5c")
    )
    key = b"".join(halves)[: bits // 8]
    if hashlib.sha1(decrypted(key, verifier)).digest() != decrypted(key, checked)[:20]:
        return None
    return decrypted(key, body)


def _agile(description: bytes, body: bytes) -> bytes | None:
    """AES in the way of Office 2010 and later."""
    found = {
        item.tag.rpartition("}")[2]: item.attrib for item in ElementTree.fromstring(description.rstrip(b"\0")).iter()
    }
    data, one = found["keyData"], found["encryptedKey"]
    name, salt, length = one["hashAlgorithm"].lower(), base64.b64decode(one["saltValue"]), int(one["keyBits"]) // 8
    if int(one["spinCount"]) > _MOST_SPINS:
        return None
    hashed = _spun(name, salt, int(one["spinCount"]))

    def value(attribute: str, block: bytes) -> bytes:
        key = hashlib.new(name, hashed + block).digest().ljust(length, b"\x36")[:length]
        return decrypted(key, base64.b64decode(one[attribute]), salt)

    said = hashlib.new(name, value("encryptedVerifierHashInput", _INPUT)[: len(salt)]).digest()
    if value("encryptedVerifierHashValue", _VALUE)[: len(said)] != said:
        return None
    key, name, salt = (
        value("encryptedKeyValue", _KEY)[:length],
        data["hashAlgorithm"].lower(),
        base64.b64decode(data["saltValue"]),
    )
    starts = (hashlib.new(name, salt + struct.pack("<I", n)).digest() for n in range(-(-len(body) // _SEGMENT)))
    return b"".join(decrypted(key, body[n * _SEGMENT : (n + 1) * _SEGMENT], start) for n, start in enumerate(starts))


def _spun(name: str, salt: bytes, times: int) -> bytes:
    hashed = hashlib.new(name, salt + _PASSWORD).digest()
    for number in range(times):
        hashed = hashlib.new(name, struct.pack("<I", number) + hashed).digest()
    return hashed


def _decrypted_records(stream: bytes) -> bytes | None:
    """The stream of an .xls with its records decrypted; None if the password does not open it or there is none."""
    at, undo = 0, None
    hidden: list[_Hidden] = []
    made = bytearray(stream)
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == _FILE_PASS and undo is None:
            undo = _way_back(stream[at + 4 : at + 4 + length])
            if undo is None:
                return None
            struct.pack_into("<H", made, at, _IGNORED)
        elif undo and kind not in _NEVER_ENCRYPTED and length:
            hidden.append((at + 4 + (4 if kind == _SHEET else 0), at + 4 + length, length))
        elif undo is None and kind == _END:
            return None
        at += 4 + length
    if undo is None:
        return None
    undo(made, hidden)
    return bytes(made)


def _way_back(record: bytes) -> _Undo | None:
    """How the default password undoes the encryption; None if it is not the password, or for a way nobody knows."""
    if len(record) == _XOR_OF_EXCEL_95 or record[:2] == bytes(2):
        key, told = struct.unpack_from("<HH", record, len(record) - _XOR_OF_EXCEL_95)
        return _undo_xor if (key, told) == xor_key_and_verifier(_in_bytes()) else None
    keys = _keys(record)
    return partial(_undo_rc4, keys) if keys else None


def _undo_rc4(keys: _Keys, made: bytearray, hidden: Iterable[_Hidden]) -> None:
    flow = b"".join(_key_stream(keys(number), _BLOCK) for number in range(-(-len(made) // _BLOCK)))
    for start, end, _ in hidden:
        made[start:end] = _mixed(made[start:end], flow[start:end])


def _undo_xor(made: bytearray, hidden: Iterable[_Hidden]) -> None:
    pattern = xor_pattern(_in_bytes())
    for start, end, length in hidden:
        first = (start + length) % len(pattern)
        flow = (pattern[first:] + pattern * ((end - start) // len(pattern) + 1))[: end - start]
        made[start:end] = _mixed(made[start:end].translate(TURNED_BY_3), flow)


def _in_bytes() -> bytes:
    return _PASSWORD.decode("utf-16-le").encode()[:LONGEST]


def _mixed(some: bytes | bytearray, flow: bytes) -> bytes:
    return (int.from_bytes(some, "big") ^ int.from_bytes(flow, "big")).to_bytes(len(some), "big")


def _keys(record: bytes) -> _Keys | None:
    """The keys that the default password gives; None if it is not the password, or for another way of encrypting."""
    kind, major, minor = struct.unpack_from("<HHH", record)
    if kind == 1 and (major, minor) == (1, 1):
        salt, told = record[6:22], record[22:54]
        short = hashlib.md5(_PASSWORD).digest()[:5]
        base = hashlib.md5((short + salt) * 16).digest()[:5]
        return _checked(lambda number: hashlib.md5(base + struct.pack("<I", number)).digest(), told, "md5")
    if kind == 1 and minor == 2:
        header = int.from_bytes(record[10:14], "little")
        length = (int.from_bytes(record[30:34], "little") or 40) // 8
        at = 14 + header + 4
        hashed = hashlib.sha1(record[at : at + 16] + _PASSWORD).digest()

        def key(number: int) -> bytes:
            made = hashlib.sha1(hashed + struct.pack("<I", number)).digest()[:length]
            return made.ljust(16, b"\0") if length == 5 else made

        return _checked(key, record[at + 16 : at + 32] + record[at + 36 : at + 56], "sha1")
    return None


def _checked(keys: _Keys, told: bytes, name: str) -> _Keys | None:
    plain = _mixed(told, _key_stream(keys(0), len(told)))
    return keys if hashlib.new(name, plain[:16]).digest() == plain[16:] else None


def _key_stream(key: bytes, length: int) -> bytes:
    """RC4."""
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) & 0xFF
        box[i], box[j] = box[j], box[i]
    made, i, j = bytearray(), 0, 0
    for _ in range(length):
        i = (i + 1) & 0xFF
        j = (j + box[i]) & 0xFF
        box[i], box[j] = box[j], box[i]
        made.append(box[(box[i] + box[j]) & 0xFF])
    return bytes(made)
