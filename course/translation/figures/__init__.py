"""Figures of an edition: pictures whose words are in its language, drawn from a run's figures."""
