"""What every problem is."""


class Problem(Exception):
    """Base of all our exceptions: facts in fields; the sentence comes from the texts (`problem.<code>`)."""

    code = "problem"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts = {name: str(value) for name, value in facts.items()}
