"""A trained network in a page: chapter 4's, or one of the reader's own."""

import hashlib
from collections.abc import Sequence

from numpy.typing import ArrayLike

from helpers.explorables.joining import source
from helpers.explorables.settings import a_table


def network(model=None, image: ArrayLike | None = None, *, labels: Sequence[str] | None = None,
            cell: dict | None = None, attention: bool = False, name: str | None = None,
            ask: dict | None = None):
    """A network that computes in the page: draw, see every map, and the sum behind any cell.

    model: a Keras model that is a chain of layers, as `helpers.networks.page.plan_of` takes it;
    None shows chapter 4's. image (rows, columns), pixels from 0 to 255 or to 1; None an example.
    labels: a name for each output. cell: {"layer", "channel", "row", "column"}, layers counted from
    1. attention: show where it looks. Its kernels are rounded, to 93 steps or more a filter.
    Raises ValueError, with the layer's name, for a model that the page does not know.
    """
    from helpers.explorables import made

    registered, plans = "reader", [source("networks/digits.js")]
    if model is None:
        plans.append(source("networks/reader.js"))
    else:
        text, registered = of_model(model, labels)
        plans.append(text)
    settings = {"network": registered, "attention": bool(attention)}
    if image is not None:
        settings["image"] = a_table(image, "image")
    if cell is not None:
        settings["cell"] = dict(cell)
    return made("network", settings, name=name, ask=ask,
                scripts=(plans, [] if model is None else plans[1:]))


def recogniser(image: ArrayLike | None = None, *, name: str | None = None,
               ask: dict | None = None):
    """Chapter 11's recogniser: draw, choose a photo or use a camera; each step is shown.

    image: (rows, columns) or (rows, columns, 3), 0 to 255; None an example.
    """
    from helpers.explorables import made

    plans = [source(f"networks/{one}.js") for one in ("digits", "recogniser")]
    settings = {} if image is None else {"image": a_table(image, "image")}
    return made("recogniser", settings, name=name, ask=ask, scripts=(plans, []))


def of_model(model, labels: Sequence[str] | None) -> tuple[str, str]:
    """The script that registers a model for a page, and the name that it registers."""
    from helpers.networks.page.files import labelled, script  # here, because Keras takes seconds
    from helpers.networks.page.plan import arrays_of, plan_of

    plan = labelled(plan_of(model), None if labels is None else list(labels),
                    model.output_shape[-1])
    arrays = arrays_of(model)
    digest = hashlib.sha256(script(plan, arrays, "").encode()).hexdigest()[:10]
    registered = f"network-{digest}"
    return script(plan, arrays, registered).replace("</", "<\\/"), registered
