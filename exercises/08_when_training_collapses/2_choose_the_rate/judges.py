"""Exercise 8.2, choose the rate: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import number

ASKS = {
    "friends_push": number(2.304, within=0.006, misconceptions={
        0.256: "You counted the channels. A unit reads 3x3 numbers from each of them.",
        0.009: "You counted one channel. A unit reads all 256.",
        2.304 * 256: "The filters are not inputs: each filter reads the 256 channels anew.",
        2304: "That is the number of inputs. It is multiplied by the rate.",
        0.048: "You took the square root of the number of inputs. Steps that pull the same way "
               "add up without it.",
    }, otherwise="The rate times the number of inputs of one unit."),
    "advised_rate": number(0.00025, within=0.000005, misconceptions={
        0.002: "That is the rate of the stand-in itself, or that at which it collapses, made "
               "smaller for the width. Begin with the rate at which it trains.",
        0.016: "You went the wrong way: a wider network needs a smaller rate.",
        0.001: "That is the rate at which it collapses.",
        0.002 / np.sqrt(8): "You divided by the square root of eight. The number of inputs "
                            "counts itself, not its root.",
        0.001 / 8: "You divided the rate at which the friend's network collapses. Begin with the "
                   "one at which the stand-in trains.",
        0.002 / 64: "You divided by eight twice. Width counts once: the inputs of a unit.",
    }, otherwise="Rate times inputs shall be the same in both networks."),
    "dense_push": number(25.088, within=0.1, misconceptions={
        0.512: "You counted the channels. A dense unit reads all cells of all channels.",
        4.608: "That is a convolution of 3x3. A dense unit reads the whole maps.",
        0.049: "Those are the cells of one channel. It reads 512 of them.",
        3.584: "The maps have 7x7 cells, not 7.",
        25088: "That is the number of inputs. It is multiplied by the rate.",
    }),
    "narrow_channels": number(64, misconceptions={
        576: "That is how many inputs a unit may have. Each channel gives nine of them.",
        32: "That is the width of the stand-in, which was run at 0.002.",
        16: "The rate is half that of the stand-in, not twice. So may the network be wider or "
            "narrower?",
        512: "That width moves the sums by four and a half times their size.",
    }),
}
