"""Exercise 12.6, who waits: what is asked, and which mistakes are known."""

from __future__ import annotations

from helpers.exercises.checks import number

ASKS = {
    "round_in_turn": number(160, misconceptions={
        150: "The sending takes its time, too.",
        90: "That would be with a helper.",
        70: "The network has to wait for its batch first."}),
    "round_ahead": number(90, misconceptions={
        160: "The helper works while the network does.",
        70: "The network would be ready then, but is its next batch?",
        60: "The network would be ready then, but is its next batch?",
        80: "Data and network work at the same time. Which of them is slower?"}),
    "helpers_needed": number(2, misconceptions={
        1: "One helper needs longer for a batch than the network for a step.",
        3: "Fewer are enough: how often does each of them have a batch ready?",
        1.29: "Helpers are whole, and a little too few is too few."}),
    "pair_round": number(110, misconceptions={
        70: "The fast one is ready then, and has to wait for the other's gradient.",
        90: "They do not meet in the middle: the mean needs both gradients.",
        100: "Then they still have to send.",
        170: "They compute at the same time.",
        180: "They compute and send at the same time."}),
    "fast_share": number(50, misconceptions={
        40: "That is how it was divided before.",
        30: "That is the share of the slow one.",
        48: "Set the two times equal, each as examples times milliseconds an example.",
        60: "Then the slow one would be done first. Set the two times equal."}),
}
