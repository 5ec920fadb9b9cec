"""Exercise 12.5, warm up: what is asked, and which mistakes are known."""

from __future__ import annotations

from helpers.exercises.checks import function, number


def rate_at(step, base, factor, warm_up):
    """The rate of a step: from base evenly to factor * base, which it keeps."""
    return base * (1 + min(1, step / warm_up) * (factor - 1))


def draw(random):
    """A step before, at or behind the end of the warm-up."""
    warm_up = int(random.integers(2, 40))
    return (int(random.integers(0, 3 * warm_up)), float(random.uniform(0.01, 0.2)),
            int(random.integers(2, 33)), warm_up)


ASKS = {
    "epoch_steps": number(59, misconceptions={
        58: "The last batch is kept, although it is not full.",
        58.59: "A batch that is not full is a batch. Steps are whole.",
        938: "That is an epoch of one process. The workers take their batches at the same time.",
        937: "That is an epoch of one process. The workers take their batches at the same time."}),
    "scaled_rate": number(0.16, within=0.0005, misconceptions={
        0.01: "That is the rate for the small batch.",
        0.04: "That is the rule of the square root. The linear one is asked for.",
        0.64: "The batch has grown by the number of workers.",
        0.000625: "A larger batch gets a larger rate."}),
    "rate_at": function(
        rate_at, draw=draw, trials=24,
        cases=[(0, 0.1, 4, 10), (5, 0.1, 4, 10), (10, 0.1, 4, 10), (30, 0.1, 4, 10)],
        misconceptions=[
            (lambda step, base, factor, warm_up: base * factor * min(1, step / warm_up),
             "Yours begins at 0. It should begin at the base."),
            (lambda step, base, factor, warm_up: base * (1 + step / warm_up * (factor - 1)),
             "Yours rises for ever. It should stay once the warm-up is over."),
            (lambda step, base, factor, warm_up: base if step < warm_up else factor * base,
             "Yours jumps. It should rise evenly."),
            (lambda step, base, factor, warm_up: base * factor,
             "Yours is the full rate from the start."),
            (lambda step, base, factor, warm_up: base * (1 + min(1, step / warm_up) * factor),
             "Yours ends one base too high. From base to factor times base it is how far?"),
        ]),
}
