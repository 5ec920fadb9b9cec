"""Exercise 12.2, count the bytes: what is asked, and which mistakes are known."""

from __future__ import annotations

from helpers.exercises.checks import number

SIZE = 138_357_544 * 4  # bytes of a gradient of VGG16
ROUNDING = 500  # what 32-bit floating numbers make of some billions

ASKS = {
    "ring_bytes": number(2 * 7 * SIZE // 8, within=ROUNDING, misconceptions={
        2 * 7 * SIZE // 32: "Those are numbers, and each has 4 bytes.",
        7 * SIZE // 8: "That is one half of the ring, the adding up. The sums go around, too.",
        2 * SIZE: "Nearly. The gradient is cut into as many pieces as there are workers, and each "
                  "piece is sent seven times in each half.",
        14 * SIZE: "There are that many messages, but each is a piece and not a whole gradient.",
        7 * SIZE: "That is the chief. Around a ring, pieces are sent."}),
    "chief_bytes": number(7 * SIZE, within=ROUNDING, misconceptions={
        8 * SIZE: "It sends nothing to itself.",
        7 * SIZE // 4: "Those are numbers, and each has 4 bytes.",
        SIZE: "That is what each of the others sends.",
        14 * SIZE: "Half of that it receives."}),
    "ring_seconds": number(2 * 7 * SIZE / 8 / 125e6, within=0.01, misconceptions={
        7 * SIZE / 125e6: "That is the chief's time.",
        2 * 7 * SIZE / 8 / 1e9: "The wire takes so many bits a second. A byte has eight.",
        SIZE / 125e6: "That is one gradient. How many of them does each worker send?",
        7 * SIZE / 8 / 125e6: "That is one half of the ring."}),
    "half_seconds": number(7 * SIZE / 8 / 125e6, within=0.01, misconceptions={
        2 * 7 * SIZE / 8 / 125e6: "Half as many bytes go over the same wire.",
        7 * SIZE / 16 / 125e6: "2 bytes are half of 4, not a quarter."}),
}
