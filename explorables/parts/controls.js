// Labelled controls: native inputs, so that every keyboard, touch screen and screen reader knows them.

import { make } from "./html.js";

/** A number box; `onChange` gets a whole number inside the bounds, anything else is put back. */
export function numberBox(label, { min = 1, max = 9, step = 1, quiet = false, name = label }, onChange) {
  const box = make("input", { type: "number", min, max, step, "aria-label": (quiet || name !== label) && name,
                              inputmode: step === 1 ? "numeric" : "decimal" });
  box.addEventListener("input", () => {
    const value = box.valueAsNumber;
    const fits = Number.isFinite(value) && value >= min && value <= max &&
                 (step !== 1 || Number.isInteger(value));
    box.setAttribute("aria-invalid", String(!fits));
    if (fits) onChange(value);
  });
  box.addEventListener("change", () => {
    if (box.getAttribute("aria-invalid") === "true") box.value = box.dataset.now;
    box.setAttribute("aria-invalid", "false");
  });
  return { part: quiet ? box : make("label", {}, make("span", {}, label), box),
           set: (value) => show(box, value) };
}

/** Two number boxes for rows and columns. */
export function pairBox(label, bounds, onChange) {
  let now = [1, 1];
  const boxes = ["rows", "columns"].map((axis, place) => numberBox(
    `${label}, ${axis}`, { ...bounds, quiet: true }, (value) => {
      now = now.map((old, other) => (other === place ? value : old));
      onChange([...now]);
    }));
  const [rows, columns] = boxes.map((one) => one.part);
  return { part: make("fieldset", {}, make("legend", {}, label), rows, "\u00d7", columns),
           set: (pair) => { now = [...pair]; boxes.forEach((one, place) => one.set(pair[place])); } };
}

/** A choice among names, or [value, name] pairs. */
export function choice(label, options, onChange, name = null) {
  const box = make("select", { "aria-label": name }, ...options.map((one) => {
    const [value, name] = Array.isArray(one) ? one : [one, one];
    return make("option", { value }, name);
  }));
  box.addEventListener("change", () => onChange(box.value));
  return { part: make("label", {}, make("span", {}, label), box), set: (value) => { box.value = value; } };
}

/** A box to tick. */
export function tick(label, onChange) {
  const box = make("input", { type: "checkbox" });
  box.addEventListener("change", () => onChange(box.checked));
  return { part: make("label", { class: "tick" }, box, make("span", {}, label)),
           set: (value) => { box.checked = Boolean(value); } };
}

/** A button. */
export function button(label, onPress, attributes = {}) {
  const box = make("button", { type: "button", ...attributes }, label);
  box.addEventListener("click", onPress);
  return box;
}

/** Put a value into a box, unless the reader is typing there and has not finished. */
function show(box, value) {
  box.dataset.now = value;
  const typing = box.getRootNode().activeElement === box && Math.abs(box.valueAsNumber - value) <= 0.0005;
  if (!typing) box.value = value;
}
