"""The oldest way of an .xls to be encrypted, "XOR obfuscation" of Excel 95 to 2003 (MS-OFFCRYPTO 2.3.7, method 1)."""

import struct

LONGEST = 15  # characters of a password
_FIRST_KEYS = struct.unpack(
    ">15H", bytes.fromhex("E1F01D0FCC9C84C0110C0E10F1CE313E1872E139D40F84F9280CA96A4EC3")
)  # by the length of the password
_MATRIX = struct.unpack(
    ">105H",
    bytes.fromhex(
        "AEFC4DD99BB227454E8A9D142A09 7B61F6C2FDA5EB6BC6F79DCF2BBF 45638AC605AD0B5A16B42D685AD0"
        "037506EA0DD41BA837506EA0DD40 D849A0B35147A28E553DAA7A44D5 6F45DE8AAD354A4B9496390D721A"
        "EB23C6679CEF29FF53FEA7FC5FD9 47D38FA60F6D1EDA3DB47B68F6D0 B86160E3C1C693AD377B6EF6DDEC"
        "45A08B4006A10D421A8435086A10 AA5144838906022D045A08B41168 76B4ED68CAF185C31BA7374E6E9C"
        "37306E60DCC0A9A1436386C61DAD 33316662CCC489A9037306E60DCC 10212042408481081231246248C4"
    ),
)  # seven bits of each character, the last character at the end
_PADDING = bytes.fromhex("BBFFFFBAFFFFB98000BE0F00BF0F00")


def _turned(places: int) -> bytes:
    """The table that turns each byte to the left by so many bits."""
    return bytes((byte << places | byte >> 8 - places) & 0xFF for byte in range(256))


TURNED_BY_3 = _turned(3)  # what a byte goes through before the pattern is taken off it
_TURNED_BY_2 = _turned(2)


def xor_key_and_verifier(password: bytes) -> tuple[int, int]:
    """The two numbers that a file says of its password."""
    verifier = 0
    for byte in (*reversed(password), len(password)):
        verifier = (verifier >> 14 & 1 | verifier << 1 & 0x7FFF) ^ byte
    key, places = _FIRST_KEYS[len(password) - 1], iter(reversed(_MATRIX))
    for byte in reversed(password):
        for bit in range(6, -1, -1):
            mask = next(places)
            key ^= mask if byte >> bit & 1 else 0
    return key, verifier ^ 0xCE4B


def xor_pattern(password: bytes) -> bytes:
    """The sixteen bytes that lie over the records, again and again."""
    key, _ = xor_key_and_verifier(password)
    padded = (password + _PADDING)[:16]
    return bytes(byte ^ (key >> 8 * (place % 2)) & 0xFF for place, byte in enumerate(padded)).translate(_TURNED_BY_2)
