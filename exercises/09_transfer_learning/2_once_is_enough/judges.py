"""Exercise 9.2, once is enough: what is asked, and which mistakes are known."""

from __future__ import annotations

from helpers.exercises.checks import choices, function, number


def saved(base_work: float, head_work: float, epochs: int) -> float:
    """Return how many times as much is multiplied without kept features."""
    return epochs * (base_work + 3 * head_work) / (base_work + epochs * 3 * head_work)


ASKS = {
    "times_as_much": function(
        saved,
        draw=lambda random: (float(random.integers(1, 500)), float(random.integers(1, 50)),
                             int(random.integers(3, 60))),
        misconceptions=[
            (lambda base_work, head_work, epochs: epochs,
             "As if the head cost nothing, or were trained once. It works in every epoch, kept "
             "features or not."),
            (lambda base_work, head_work, epochs:
             epochs * (base_work + head_work) / (base_work + epochs * head_work),
             "The head learns, so it costs three times its work forwards."),
            (lambda base_work, head_work, epochs:
             epochs * (base_work + 2 * head_work) / (base_work + epochs * 2 * head_work),
             "Two is right for the first layer behind a frozen base, which needs no gradient of "
             "its input. Here count three for all of the head, as the task says."),
            (lambda base_work, head_work, epochs:
             epochs * (base_work + head_work) / (base_work + epochs * 3 * head_work),
             "In the upper line the head must cost three times its work, too."),
            (lambda base_work, head_work, epochs:
             epochs * 3 * (base_work + head_work) / (base_work + epochs * 3 * head_work),
             "The base is frozen: it needs no gradients, and goes forwards only."),
            (lambda base_work, head_work, epochs: 1 / saved(base_work, head_work, epochs),
             "Turned round: it should be larger than 1."),
            (lambda base_work, head_work, epochs: 1 - 1 / saved(base_work, head_work, epochs),
             "That is the share of the work that is saved. Divide the one by the other."),
        ]),
    "with_tiny_head": number(40, misconceptions={
        12.5: "That is with the large head of the lesson.",
        13: "That is with the large head of the lesson.",
        120: "A frozen base goes forwards only, at the price of one.",
        1: "The base does work in every epoch in the one case. And in the other?",
        13.3: "The three belongs to the head, and its work does not count here.",
    }, otherwise="Put 0 for the work of the head."),
    "passes_each_digit": number(5, misconceptions={
        200: "That is without keeping anything.",
        40: "Each epoch sees the same copies. Who keeps them needs no pass for each epoch.",
        1: "To the base a shifted digit is another image.",
        8: "You divided. How many different images does one digit make?",
    }),
    "no_longer_right": choices(
        missing={
            "preprocessing": "Other pixels go into the base, so something else comes out.",
            "size": "From larger images come larger maps.",
            "thawed": "A block that learns says something else after each step.",
            "fresh shifts": "Images that were never seen before have no kept features."},
        wrong={
            "larger head": "The head comes after the features.",
            "rate": "The rate moves the head only. What does it read?",
            "labels": "No layer of the base reads a label."}),
}
