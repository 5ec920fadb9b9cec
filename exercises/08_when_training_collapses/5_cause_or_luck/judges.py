"""Exercise 8.5, cause or luck: what is asked, and which mistakes are known."""

from __future__ import annotations

from helpers.exercises.checks import choice, number

ASKS = {
    "change_k": choice("step", {
        "growth": "From its own kernel to layer 15, the move grows about sixty times, as with "
                  "no change.",
        "nothing": "No seed trained before, and all do now."}),
    "change_l": choice("growth", {
        "step": "The rate times the inputs is what it was, and layer 13 moves as far with its "
                "own kernel. What does not happen any more?",
        "nothing": "No seed trained before, and all do now."}),
    "change_m": choice("nothing", {
        "step": "Nothing trains, and the moves are about what they were.",
        "growth": "Nothing trains, and layer 15 moves about as far as before."}),
    "it_takes": choice("both", {
        "step": "L leaves the step as it was, and trains in every seed.",
        "growth": "With K the move grows from layer to layer as before, and it trains in every "
                  "seed."}),
    "needed_l": choice("open", {
        "shown": "They have changed two things at once. Which of them worked?",
        "refuted": "The row of K refutes it, and they have not run K."}),
    "lucky_change": number(0.125, within=0.001, misconceptions={
        0.5: "That is for one seed.",
        0.875: "That is the probability that one seed at least fails.",
        1 / 6: "Probabilities of seeds that do not know of each other are multiplied.",
        0.375: "That is the probability that exactly one trains, or exactly two.",
        1.5: "A probability is at most 1. Multiply those of the seeds.",
    }),
    "one_of_nine": number(1 - (7 / 8) ** 9, within=0.002, misconceptions={
        (7 / 8) ** 9: "That is the probability that none of the nine does.",
        9 / 8: "A probability is at most 1. Begin with the probability that none does.",
        0.125: "That is for one change. Nine of them have nine chances.",
        0.5 ** 9: "Ask for at least one of nine changes, each with three seeds.",
        9 * 0.125 * 0.875 ** 8: "That is for exactly one. Two or more count as well.",
    }, otherwise="One minus the probability that none of the nine trains in all three."),
    "seeds_needed": number(7, misconceptions={
        6: "That is one in 64, which is not yet below one in a hundred.",
        5: "That is one in 32.",
        8: "Fewer are enough.",
        50: "The probability halves with each seed. It is not divided by their number.",
        100: "The probability halves with each seed. It is not divided by their number.",
    }),
}
