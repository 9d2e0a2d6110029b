"""A new secret behind person keys, where the old one is lost for good."""

from pipelines.desk.decisions import deciding, given
from pipelines.locks import OnWait
from pipelines.records.actor import Actor
from pipelines.records.bodies import PersonKey
from pipelines.records.journal import Event
from pipelines.settings import Home
from pipelines.warehouse.building.persons import fingerprint, is_secret, make_secret


def rekey(home: Home, actor: Actor, reason: str, on_wait: OnWait = None) -> Event:
    """Go on with the secret that lies in the data folder, or with a new one where none can be used. `ReasonMissing`.

    From the next build on every person has another key; nothing else changes.
    """
    reason = given(reason)
    with deciding(home, on_wait) as (journal, _):
        if not is_secret(home):
            make_secret(home)
        key = home.person_key_file.read_bytes().strip()
        return journal.append(PersonKey(fingerprint(key), reason), actor)
