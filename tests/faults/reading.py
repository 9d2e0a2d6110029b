"""Faults in reading a workbook and checking it."""

from tests.faults import Fault, within


def _of(name: str, tests: str, *changes: tuple[str, ...]) -> list[Fault]:
    return within("reading", f"pipelines/{name}.py", tests, changes)  # type: ignore[arg-type]


FAULTS: list[Fault] = [
    *_of(
        "records/inbox",
        "inbox",
        ("        if is_link(path):\n            left.append(path)\n        elif", "        if"),
        ("if is_link(path) or not (path", "if not (path"),
        ('getattr(os, "O_NOFOLLOW", 0)', "0"),
        ("if not stat.S_ISREG(status.st_mode):", "if stat.S_ISDIR(status.st_mode):"),
    ),
    *_of(
        "submissions/checks/award_checks",
        "checks",
        ("row.valid_from.isoformat() <= decided <= last", "row.valid_from.isoformat() < decided < last"),
        ("return overlaps or bool(decided and row.valid_from.isoformat() <= decided <= last)", "return overlaps"),
        ('row.valid_from.isoformat() <= f"{year}-12-31" and', ""),
        ('result == "DA_KHEN" and given == ""', 'given == ""'),
        ("if only and recipient and recipient != only:", "if only and recipient != only:"),
    ),
    *_of(
        "submissions/checks/cluster_checks",
        "checks",
        ('score > 0 if kind == "TRU" else score < 0', 'score >= 0 if kind == "TRU" else score < 0'),
        ("for place in heads[1:]:", "for place in heads[2:]:"),
    ),
    *_of(
        "submissions/values/codes",
        "checks",
        ("len(code) > LONGEST_CODE", "len(code) >= LONGEST_CODE"),
        ("or _CITIZEN.fullmatch(code)", ""),
        ('text.partition("|")[0].strip()', 'text.partition("|")[2].strip()'),
    ),
    *_of(
        "submissions/checks/cross_checks",
        "checks",
        ("if after < before:", "if after <= before:"),
        ("if less > more:", "if less >= more:"),
        ("int(on[8:10]) <= 12", "int(on[8:10]) < 12"),
    ),
    *_of(
        "submissions/checks/cross_checks",
        "unreadable_keys",
        ("if None in cells or gaps or not any(cells):", "if gaps or not any(cells):"),
    ),
    *_of(
        "submissions/values/dates",
        "checks",
        ("int(found[1]), int(found[3]), int(found[4])", "int(found[3]), int(found[1]), int(found[4])"),
        ('bool(clock and clock.strip("0:"))', "bool(clock)"),
    ),
    *_of(
        "submissions/values/numbers",
        "checks",
        ("number / 100 if found[4] else number", "number"),
        ("minimum is not None and number < minimum", "minimum is not None and number <= minimum"),
        ('text.replace("\\u2212", "-")', "text"),
    ),
    *_of(
        "submissions/checks/staff_checks",
        "checks",
        ("if arrived and arrived > last:", "if arrived and arrived >= last:"),
        ('what and what != "KHONG" and on == ""', 'what and on == ""'),
    ),
    *_of(
        "submissions/checks/references",
        "checks suggestions",
        ("if on and not first <= on <= last:", "if on and not first < on <= last:"),
        ("if on and not first <= on <= last:", "if on and not first <= on < last:"),
        ("submission.members is not None and code not in submission.members", "code not in (submission.members or ())"),
        ("found = inside.pop() if len(inside) == 1 else", "found = inside.pop() if inside else"),
    ),
    *_of(
        "submissions/checks/known",
        "checks",
        ("if row in kinds and kinds[row].value == \"CA_NHAN\":", "if row in kinds:"),
        ("if one.name in own and float(one.said) != own[one.name]:", "if one.name in own and float(one.said) > own[one.name]:"),
        ("if code != one.person_code]", "]", "a code that is known is told as taken over, whoever else has it"),
    ),
    *_of(
        "submissions/issuing",
        "checks",
        ("times[key] == len(known) == 1 and key not in given", "times[key] == len(known) == 1"),
    ),
    *_of(
        "records/ledger",
        "ledger",
        ("< now", "<= now"),
        ("if number not in self.withdrawn), None)", "), None)"),
        ("all(_is_over(body, now) for body", "any(_is_over(body, now) for body"),
        ('(Pin, Review, Explanation, Beginning, PersonKey)', '(Pin, Beginning, PersonKey)'),
        ("self.seq_of[n] <= start < self.withdrawn.get(n, start + 1)", "self.seq_of[n] <= start"),
    ),
    *_of(
        "submissions/values/nearest",
        "suggestions",
        ("if _DIGIT.search(written) or sum(", "if sum("),
    ),
    *_of(
        "submissions/values/choices",
        "checks",
        ("(known.get(fold(before)) if bar else None)", "known.get(fold(before))", "without a bar what stands before it is the whole text"),
    ),
    *_of(
        "submissions/container/zip_checks",
        "guard",
        ("if info.orig_filename.lower() in folded:", "if info.orig_filename in folded:"),
        ("if len(entries) > MAX_PARTS:", "if len(entries) >= MAX_PARTS:"),
        ("or zlib.crc32(whole) != info.CRC", ""),
        ("if length > info.file_size:", "if length > 2 * info.file_size:"),
    ),
]  # fmt: skip
