"""Exercise 12.4, equal copies: what is asked, and which mistakes are known."""

from __future__ import annotations

from helpers.exercises.checks import choices, number

ASKS = {
    "copies_differ": choices(
        missing={
            "other rates": "Both have the same gradient. What does the optimiser of each do with "
                           "it?",
            "clipped alone": "You left out a change that comes after the averaging. Who would "
                             "average its result?",
            "past the wrapper": "The network inside the wrapper is an ordinary one. Who averages "
                                "its gradients?"},
        wrong={
            "other seeds": "At the start the wrapper sends something to all. What?",
            "other digits": "That is what the whole method is for: the gradients are averaged.",
            "other masks": "Other masks give other gradients, and what happens to gradients in "
                           "backward?"}),
    "steps_again": number(36, misconceptions={
        37: "The step in which the worker died was not finished.",
        14: "You counted from the next checkpoint. That one was never written.",
        50: "That would be so if it had died just before a checkpoint.",
        1236: "There is a checkpoint.",
        0: "Since the last checkpoint steps were finished, and nothing has kept them."}),
}
