// The reader's guess, asked for before anything is shown.

import { button } from "./controls.js";
import { make } from "./html.js";
import { shown } from "./grid.js";

const written = (value) => (Number.isFinite(value) ? shown(value) : String(value));

/** What a path such as "size.0" leads to in a result. */
const at = (result, path) => path.split(".").reduce((inside, name) => inside?.[name], result);

/** Ask {question, choices, about}; `about` is where in the result the answer stands, if it does. */
export function asked({ question, choices, about }, onGuess) {
  const said = make("p", { role: "status" });
  const box = make("input", { type: "number", step: "any", required: true, "aria-label": question });
  const form = make("form", { class: "steps" }, box, make("button", {}, "Show"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    onGuess(box.valueAsNumber);
  });
  const buttons = choices?.map((one) => button(written(one), () => onGuess(one)));
  const part = make("div", { class: "ask", role: "group", "aria-label": "your guess" },
    make("p", {}, make("b", {}, "Guess first. "), question),
    buttons ? make("div", { class: "steps" }, ...buttons) : form, said);
  const draw = (guess, result) => {
    buttons?.forEach((one, place) => one.setAttribute("aria-pressed", String(choices[place] === guess)));
    if (!buttons && guess !== box.valueAsNumber) box.value = guess ?? "";
    const answer = about && at(result, about);
    const told = guess === undefined ? "" : `You said ${written(guess)}` + (answer === undefined ? "."
      : written(answer) === written(guess) ? ", and so it is." : `. It is ${written(answer)}.`);
    if (said.textContent !== told) said.textContent = told;
  };
  return { part, draw };
}
