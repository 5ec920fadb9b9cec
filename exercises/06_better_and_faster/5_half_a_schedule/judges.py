"""Exercise 6.5, half a schedule: what is asked, and which mistakes are known."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from helpers.exercises.checks import choice, function, number


def falling(step: int, peak: float, warmup: int, steps: int, floor: float) -> float:
    """Return the rate of warm-up and cosine, which ends at a floor above zero."""
    if step < warmup:
        return peak * step / warmup
    return floor + (peak - floor) / 2 * (1 + wave(step, warmup, steps))


def wave(step: int, warmup: int, steps: int) -> float:
    """Return the cosine of the share of the fall that is done."""
    return float(np.cos(np.pi * (step - warmup) / (steps - warmup)))


def after_warmup(fall: Callable[..., float]) -> Callable[..., float]:
    """Return a schedule with the right warm-up and another fall."""
    def schedule(step: int, peak: float, warmup: int, steps: int, floor: float) -> float:
        if step < warmup:
            return peak * step / warmup
        return fall(step, peak, warmup, steps, floor)
    return schedule


def draw_schedule(random: np.random.Generator) -> tuple[int, float, int, int, float]:
    """Draw a step of a schedule, in the warm-up or in the fall."""
    steps, warmup = int(random.integers(60, 200)), int(random.integers(5, 30))
    peak = round(float(random.uniform(0.5, 2)), 2)
    return int(random.integers(1, steps)), peak, warmup, steps, round(peak / 5, 3)


HALF = 0.5 * (1 + np.cos(np.pi * 3 / 8))


ASKS = {
    "share_left": number(HALF, within=0.003, misconceptions={
        0.5: "You forgot the warm-up: the fall has 16 epochs, and 6 of them are over.",
        0.625: "That is a straight fall. A cosine begins more slowly.",
        1 - HALF: "That is the share that is gone. Or did you not subtract the warm-up from "
                  "the 10?",
        2 * HALF: "The wave runs from 1 to -1, so 1 + cos runs from 2 to 0. Half of it is "
                  "wanted.",
        0.5 * (1 + np.cos(3 / 8)): "The half wave has length pi.",
        0.5 * (1 + np.cos(np.pi * 6 / 20)): "The fall does not take all 20 epochs, but those "
                                            "after the warm-up.",
        100 * HALF: "A share between 0 and 1 is wanted.",
    }, otherwise="How far is the fall at epoch 10, as a share between 0 and 1? Put it into the "
                 "cosine."),
    "better_plan": choice("plan", {
        "break off": "What a schedule gives comes at its end, and that is never reached.",
        "at the peak": "With a constant rate the last steps are as large as all others, and "
                       "the network still jumps about.",
    }),
    "fall_to_floor": function(
        falling, cases=[(0, 1.0, 10, 50, 0.2), (50, 1.0, 10, 50, 0.2), (30, 1.0, 10, 50, 0.2)],
        draw=draw_schedule, misconceptions=[
            (lambda step, peak, warmup, steps, floor: falling(step, peak, warmup, steps, 0.0),
             "Your rate falls to zero."),
            (after_warmup(lambda step, peak, warmup, steps, floor:
                          floor + peak / 2 * (1 + wave(step, warmup, steps))),
             "You added the floor. Then the fall does not begin at the peak."),
            (after_warmup(lambda step, peak, warmup, steps, floor:
                          max(floor, peak / 2 * (1 + wave(step, warmup, steps)))),
             "You cut the wave off at the floor. It should reach the floor at the end, not "
             "before."),
            (after_warmup(lambda step, peak, warmup, steps, floor:
                          peak + (floor - peak) * (step - warmup) / (steps - warmup)),
             "Your rate falls along a straight line."),
            (after_warmup(lambda step, peak, warmup, steps, floor:
                          floor + (peak - floor) / 2 * (1 + np.cos(np.pi * step / steps))),
             "Your fall does not begin at the end of the warm-up."),
            (lambda step, peak, warmup, steps, floor:
             falling(max(step, warmup), peak, warmup, steps, floor),
             "The warm-up is missing."),
            (lambda step, peak, warmup, steps, floor:
             floor + (peak - floor) * step / warmup if step < warmup
             else falling(step, peak, warmup, steps, floor),
             "Your warm-up begins at the floor. It should begin at zero."),
        ]),
}
