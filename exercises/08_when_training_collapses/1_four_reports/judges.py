"""Exercise 8.1, four reports: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import choice, number

ASKS = {
    "network_p": choice("collapsed", {
        "silent": "The logits had a spread before the first step: a signal came through.",
        "well": "One answer for all digits, whatever they show?",
        "another fault": "One answer, the loss of guessing, and logits that lost their spread "
                         "in training: all the signs are there."}),
    "network_q": choice("silent", {
        "collapsed": "Look at the logits before the first step. Was there anything to lose?",
        "well": "A loss that does not move from guessing?",
        "another fault": "Look at the spread before the first step: what reaches the end?"}),
    "network_r": choice("well", {
        "collapsed": "Its answers are spread over the digits, and its loss is low.",
        "silent": "Its logits differ from digit to digit.",
        "another fault": "Nothing in this row speaks for a fault."}),
    "network_s": choice("another fault", {
        "collapsed": "A collapsed network gives one answer, and this one looks at its input: "
                     "its logits differ from digit to digit.",
        "silent": "Its logits differ from digit to digit: the signal comes through.",
        "well": "Guessing costs 2.30, and this loss is three times that."}),
    "letters_loss": number(np.log(26), within=0.006, misconceptions={
        np.log(10): "That is for ten classes.",
        1 / 26: "That is the probability of each letter. The loss is minus its logarithm.",
        np.log2(26): "You took the logarithm to base 2. The loss uses the natural one.",
        np.log10(26): "You took the logarithm to base 10. The loss uses the natural one.",
        -np.log(26): "The sign is turned round: a loss is positive.",
    }, otherwise="The loss is minus the logarithm of the probability of the right class."),
    "cats_accuracy": number(0.25, within=0.001, misconceptions={
        1 / 3: "That would be for three equally frequent classes.",
        0.4: "You took the class that is most frequent in the new images. What did the network "
             "see in training?",
        0.5: "That is the share of cats in training. Of which images is the accuracy asked?",
        100: "That is how many are right. A share between 0 and 1 is wanted.",
        25: "A share between 0 and 1 is wanted.",
    }),
}
