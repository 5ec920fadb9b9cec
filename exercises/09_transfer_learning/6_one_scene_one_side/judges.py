"""Exercise 9.6, one scene, one side: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import choices, function, number


def draw_scenes(random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw the scene of each photograph and a choice that leaves at least one scene alone."""
    scenes = random.permutation(np.repeat(random.permutation(6), random.integers(2, 5, size=6)))
    allowed = np.flatnonzero(scenes != random.integers(6))
    chosen = random.choice(allowed, size=int(random.integers(2, 4)), replace=False)
    return scenes, chosen


ASKS = {
    "may_measure_on": function(
        lambda scenes, chosen: np.flatnonzero(~np.isin(scenes, scenes[chosen])),
        cases=[(np.array([0, 0, 1, 1, 2, 2, 3]), np.array([0, 3]))], draw=draw_scenes,
        misconceptions=[
            (lambda scenes, chosen: np.setdiff1d(np.arange(len(scenes)), chosen),
             "You left out the photographs that you train on, but not the others of their "
             "scenes."),
            (lambda scenes, chosen: np.flatnonzero(np.isin(scenes, scenes[chosen])),
             "Those are the ones that you must not measure on."),
            (lambda scenes, chosen: ~np.isin(scenes, scenes[chosen]),
             "That is True or False for each photograph. Their places are wanted."),
            (lambda scenes, chosen: np.setdiff1d(scenes, scenes[chosen]),
             "Those are scenes. The places of their photographs are wanted."),
            (lambda scenes, chosen: np.flatnonzero(~np.isin(scenes, chosen)),
             "You compared scenes with the places of photographs. First look up the scenes of "
             "the chosen."),
            (lambda scenes, chosen: scenes[~np.isin(scenes, scenes[chosen])],
             "You give the scene of each photograph in the place of where it stands."),
        ]),
    "on_a_new_table": number(0.83, within=0.0001, misconceptions={
        0.98: "On those, the head may have recognised tables that it knew.",
        0.905: "The mean mixes tables that it knows with tables that it does not.",
        0.15: "That is by how much the first measurement was too good.",
        83: "An accuracy between 0 and 1 is wanted.",
    }),
    "try_to_borrow": choices(
        missing={
            "few photographs": "With sixty photographs a network of your own learns little, "
                               "and leaves are photographs like those the base has seen.",
            "new kind": "Early blocks see edges and surfaces, and parts of machines have "
                        "those. It costs a few seconds to measure."},
        wrong={
            "all of MNIST": "So many labels teach a small network as much, at a fraction of "
                            "the work.",
            "tiny device": "How many parameters has the first block of VGG16 alone?"}),
}
