"""Making a version: what is known, loading, judging, checking, sealing, publishing, keeping."""
