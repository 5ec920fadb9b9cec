"""An explorable as an anywidget: the modules of the book, and what the reader makes of it."""

import anywidget
import traitlets

from helpers.explorables.joining import joined
from helpers.explorables.still import COUNTED, Still, bundle, result_of

# Keys stay with the element: JupyterLab would take a digit typed on a pixel for a command.
RENDER = """
const render = ({ model, el }) => {
  const element = document.createElement("course-KIND");
  element.toggleAttribute("unlinked", true);
  for (const [name, value] of [["settings", "first"], ["ask", "ask"]])
    if (model.get(value)) element.setAttribute(name, JSON.stringify(model.get(value)));
  element.settings = model.get("settings");
  const take = () => { element.settings = model.get("settings"); };
  element.addEventListener("course-change", ({ detail }) => {
    model.set(detail);
    model.save_changes();
  });
  model.on("change:settings", take);
  el.dataset.lmSuppressShortcuts = "true";
  el.append(element);
  return () => model.off("change:settings", take);
};
export default { render };
"""


class Explorable(anywidget.AnyWidget):
    """An explorable in a notebook. What the reader makes of it is read here, and can be written.

    settings: a dict in Keras' words; written as a whole, what is left out takes its default.
    result: the numbers shown, or {"error": ...} where Keras refuses the settings.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    first = traitlets.Dict().tag(sync=True)
    settings = traitlets.Dict().tag(sync=True)
    result = traitlets.Dict().tag(sync=True)
    ask = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)

    def __init__(self, kind: str, settings: dict, *, name: str | None = None,
                 ask: dict | None = None, scripts: tuple = ((), ())):
        self.kind, self.name, self.scripts = kind, name, scripts
        super().__init__(_esm="".join([*scripts[0], joined([f"course-{kind}"]),
                                       RENDER.replace("KIND", kind)]),
                         first=settings, settings=settings, ask=ask)
        self.observe(self._count, "settings")
        self._count()

    def _count(self, change=None) -> None:
        # Written here and read in the same cell, before a page could answer.
        if self.kind in COUNTED:
            self.result = result_of(self.kind, self.settings)

    def __repr__(self) -> str:
        return repr(Still(self.kind, self.settings))

    def _repr_mimebundle_(self, **options) -> tuple[dict, dict]:
        data, metadata = super()._repr_mimebundle_(**options)
        return {**data, **bundle(self, alone=False)}, metadata
