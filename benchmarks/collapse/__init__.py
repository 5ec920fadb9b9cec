"""Deep stacks that collapse, and one cure at a time."""
