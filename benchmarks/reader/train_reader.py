"""Train the network that helpers.networks.reader loads, and write its weights and its record.

    python -m benchmarks.reader.train_reader                  # the full data, every rate
    python -m benchmarks.reader.train_reader --digits 2000 --epochs 1 --output /tmp/try

Trains once for each of a few learning rates, keeps the one with the lowest loss on the validation
digits, and opens the test digits once, for the one that was kept. Writes reader.npz and, beside
it, reader.json.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.reader.training import asked_for, half_cosine, identity, prepare, write_record
from helpers.data.mnist import Digits
from helpers.data.order import new_order_each_epoch
from helpers.networks.reader import RECORD, WEIGHTS, build_reader, save_reader

if TYPE_CHECKING:
    import keras

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

PEAK_RATES = (0.001, 0.002, 0.004)
BATCH_SIZE, EPOCHS, SEED = 128, 3, 0
WARM_UP = 0.1  # of all steps


def train(peak_rate: float, train_digits: tuple, validation_digits: tuple,
          epochs: int) -> tuple[keras.Model, dict]:
    """Train one network; the rate rises to its peak and falls to zero as half a cosine."""
    import keras
    from tqdm.keras import TqdmCallback

    keras.utils.clear_session()
    keras.utils.set_random_seed(SEED)
    model = build_reader()
    rate = half_cosine(peak_rate, WARM_UP, images=len(train_digits[1]), batch_size=BATCH_SIZE,
                       epochs=epochs)
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy",
                  metrics=["accuracy"])
    started = time.perf_counter()
    batches = new_order_each_epoch(*train_digits, batch_size=BATCH_SIZE, seed=SEED)
    history = model.fit(batches, epochs=epochs, shuffle=False, verbose=0,
                        validation_data=validation_digits,
                        callbacks=[TqdmCallback(verbose=0, desc=f"peak rate {peak_rate}")])
    return model, {
        "peak_rate": peak_rate,
        "seconds": round(time.perf_counter() - started, 1),
        "history": {key: [round(float(value), 5) for value in series]
                    for key, series in history.history.items()},
        "validation": measure(model, validation_digits),
    }


def measure(model: keras.Model, digits: tuple) -> dict[str, float]:
    """Loss and accuracy of a network on prepared digits."""
    loss, accuracy = model.evaluate(*digits, batch_size=500, verbose=0)
    return {"loss": round(float(loss), 5), "accuracy": round(float(accuracy), 5)}


def make_reader(digits: Digits, output: Path, *, epochs: int = EPOCHS,
                most: int | None = None) -> dict:
    """Train for every rate, keep the best on validation digits, and write it with its record."""
    train_digits, validation_digits = prepare(digits.train, most), prepare(digits.validation)
    results = [train(rate, train_digits, validation_digits, epochs) for rate in PEAK_RATES]
    model, kept = min(results, key=lambda result: result[1]["validation"]["loss"])
    test_digits = prepare(digits.test)
    output.mkdir(parents=True, exist_ok=True)
    save_reader(model, output / WEIGHTS.name)
    record = {
        "what": "L3's convnet, trained for the chapters that look inside a network",
        **identity(model, output / WEIGHTS.name),
        "data": {"source": digits.source, "train": len(train_digits[1]),
                 "validation": len(validation_digits[1]), "test": len(test_digits[1])},
        "pixels_divided_by": 255,
        "seed": SEED,
        "recipe": {"optimizer": "adam", "schedule": "warm-up, then half a cosine to zero",
                   "warm_up": WARM_UP, "batch_size": BATCH_SIZE, "epochs": epochs},
        "tried": [result for _, result in results],
        "peak_rate": kept["peak_rate"],
        "chosen_by": "the lowest loss on the validation digits",
        "validation": kept["validation"],
        "test": measure(model, test_digits),
    }
    return write_record(record, output / RECORD.name)


def main(arguments: list[str] | None = None) -> None:
    """Train as the command line asks and say how well the network reads."""
    options, digits = asked_for(arguments, program="benchmarks.reader.train_reader",
                                description=__doc__, epochs=EPOCHS)
    record = make_reader(digits, options.output, epochs=options.epochs, most=options.digits)
    print(f"kept the peak rate {record['peak_rate']}: accuracy "
          f"{record['validation']['accuracy']:.4f} on validation, "
          f"{record['test']['accuracy']:.4f} on test digits")


if __name__ == "__main__":
    main()
