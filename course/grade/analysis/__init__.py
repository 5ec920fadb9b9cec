"""What of a notebook must run for an answer: IPython's grammar, names, scopes."""
