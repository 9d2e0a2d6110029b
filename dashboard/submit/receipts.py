"""A receipt as people keep it: on the screen, and as a page of its own to print."""

from html import escape

from dashboard.shell import listing
from dashboard.shell.imprint import agency
from pipelines.contract.reference import Reference
from pipelines.desk import Receipt, words
from pipelines.submissions.copy.statements import statement
from pipelines.texts import day_in_words, in_vietnam, period_name, say

_STYLE = """
@page { size: A4; margin: 20mm; }
body { font: 13pt/1.5 "Times New Roman", serif; max-width: 170mm; margin: 10mm auto; color: #000; }
h1 { font-size: 16pt; text-align: center; margin: 0 0 8mm; }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-weight: normal; width: 34%; }
th, td { padding: 2mm 3mm; border: 0.3mm solid #999; vertical-align: top; overflow-wrap: anywhere; }
"""


def facts(receipt: Receipt, reference: Reference, lang: str) -> list[tuple[str, str]]:
    """Everything a receipt says, as (name, value): number, file, hash, moment in words, reporter, version, what
    follows.
    """
    checked, local = receipt.checked, in_vietnam(receipt.received_at)
    parsed = checked.parsed
    code, name = words.reporter(checked, reference)
    day = day_in_words(local.date(), lang)
    told = {
        "no": str(receipt.receipt_no),
        "file": checked.file_name,
        "sha256": checked.sha256,
        "received": say("submit.receipt.received.value", lang, time=f"{local:%H:%M}", day=day),
        "reporter": f"{name} ({code})" if code else "",
        "period": period_name(parsed.period, lang) if parsed.period else "",
        "prepared": day_in_words(parsed.prepared_on, lang) if parsed.prepared_on else "",
        "version": str(checked.version or ""),
        "result": _result(receipt, lang),
        "again": " ".join(words.again_lines(checked, "receipt", lang)),
        "figures": say(f"submit.receipt.figures.{'value' if checked.is_accepted else 'same'}", lang),
    }
    return [(say(f"submit.receipt.{key}", lang), value) for key, value in told.items() if value]


def document(receipt: Receipt, reference: Reference, lang: str) -> bytes:
    """The receipt as one HTML file that any browser opens and prints on A4."""
    heading = say("submit.receipt.heading", lang)
    body = listing.facts(facts(receipt, reference, lang))
    keep = say("submit.receipt.keep", lang)
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{escape(heading)}</title>'
        f"<style>{_STYLE}</style></head><body><p><b>{escape(agency(lang))}</b></p><h1>{escape(heading)}</h1>{body}<p>{escape(keep)}</p></body></html>"
    ).encode()


def _result(receipt: Receipt, lang: str) -> str:
    checked = receipt.checked
    what = statement(checked.findings[0], lang)[0] if checked.status == "refused" else ""
    return say(f"submit.receipt.result.{checked.status}", lang, what=what, **checked.counts)
