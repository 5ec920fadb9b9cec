// <course-receptive-field>: layers added, removed and moved; point at a cell and see what it sees.

import { bounded, table } from "./arithmetic/lists.js";
import { button, choice, numberBox } from "./parts/controls.js";
import { drawDots } from "./parts/drawings/dots.js";
import { CourseElement, define, make } from "./parts/element.js";
import { vector } from "./parts/html.js";
import { OWN, nameOf } from "./parts/reading.js";
import { chain, reaching, rule } from "./arithmetic/fields.js";
import { NumberGrid } from "./parts/grid.js";
import { aDeepCell, aPair, theLayers } from "./arithmetic/settings.js";

const conv = (kernel_size, more = {}) => ({ type: "conv", kernel_size: [kernel_size, kernel_size], ...more });
const pool = (kernel_size = 2) => ({ type: "pool", kernel_size: [kernel_size, kernel_size], strides: [kernel_size, kernel_size] });
const PRESETS = {
  "three convolutions": [conv(3), conv(3), conv(3)],
  "chapter 4's network": [conv(3, { filters: 32 }), pool(), conv(3, { filters: 64 }), pool(), conv(3, { filters: 128 })],
  "a VGG block": [conv(3, { padding: "same" }), conv(3, { padding: "same" }), pool()],
  "dilated": [conv(3), conv(3, { dilation_rate: [2, 2] }), conv(3, { dilation_rate: [4, 4] })],
};
const KNOWN = Object.fromEntries(Object.entries(PRESETS).map(([name, layers]) => [name, theLayers(layers, "layers")]));

export class CourseReceptiveField extends CourseElement {
  static defaults = { layers: PRESETS["three convolutions"], input: [12, 12], cell: null };

  static kinds = { layers: theLayers, input: aPair, cell: aDeepCell };

  build(body) {
    this.preset = choice("network", [OWN, ...Object.keys(PRESETS)], (name) => {
      if (name in PRESETS) this.change({ layers: PRESETS[name], cell: null,
                                         input: name.includes("4") ? [28, 28] : this.sound.input });
    });
    const length = (axis) => (value) => this.change(
      { cell: null, input: this.sound.input.map((old, other) => (other === axis ? value : old)) });
    this.sides = ["rows", "columns"].map((name, axis) => numberBox(`input ${name}`, { min: 4, max: 32 }, length(axis)));
    this.list = make("ol", { class: "layers" });
    this.dots = vector("svg", { class: "dots told", role: "img" });
    this.input = new NumberGrid("Input", () => {});
    this.output = new NumberGrid("Output", (row, column) => this.change(
      { cell: { layer: marked(chain(this.sound), this.sound.cell).layer, row, column } }));
    this.layer = numberBox("show a cell of layer", {}, (layer) => this.change(
      { cell: marked(chain(this.sound), { layer }) }));
    [this.input, this.output].forEach((grid) => grid.figure.classList.add("unnumbered"));
    this.rule = make("p", { class: "formula told" });
    body.append(
      this.controls(this.preset.part, ...this.sides.map((one) => one.part),
                    button("Add a layer", () => this.#edit((layers) => [...layers, conv(3)]))),
      this.list, this.problem, this.layer.part, this.rule, this.dots,
      make("div", { class: "maps told" }, this.output.figure, this.input.figure));
  }

  compute({ layers, input, cell }) {
    const built = chain({ layers, input });
    const { layer, row, column } = marked(built, cell);
    const seen = [row, column].map((place, axis) => reaching(built, input, layer, axis, place)[0]);
    const { size, jump, start } = rule(built, layer);
    const field = seen.every((one) => one.length) ? {
      top: seen[0][0], left: seen[1][0], height: seen[0].at(-1) - seen[0][0] + 1,
      width: seen[1].at(-1) - seen[1][0] + 1 } : null;
    return { field, size, jump, start, output: built.at(-1).size,
             parameters: built.reduce((total, one) => total + one.parameters, 0) };
  }

  draw(settings, result) {
    this.sides.forEach((one, axis) => one.set(settings.input[axis]));
    this.preset.set(nameOf(KNOWN, settings.layers));
    this.#drawList(settings.layers);
    if (this.refuses(result, this.layer.part, this.rule, this.dots, this.input.figure, this.output.figure)) return;
    const built = chain(settings);
    const { layer, row, column } = marked(built, settings.cell);
    this.layer.set(layer);
    const across = reaching(built, settings.input, layer, 1, column);
    const down = reaching(built, settings.input, layer, 0, row);
    drawDots(this.dots, built, settings.input, 1, across, (map, place) => this.change(
      { cell: { layer: map, row: Math.min(row, built[map - 1].size[0] - 1), column: place } }));
    this.dots.setAttribute("aria-label", `Along the columns: ${across.map((one) => one.length).reverse().join(" from ")} dots`);
    const [size, jump, start] = [result.size, result.jump, result.start].map((one) => one.join(" by "));
    this.rule.textContent = `After layer ${layer}: receptive field ${size}, jump ${jump}, start ${start}; ` +
      `${result.parameters.toLocaleString("en")} parameters in all.`;
    const lit = (rows, columns, height, width) => table(height, width, (r, c) => {
      const seen = rows.includes(r) && columns.includes(c);
      return { kind: ["plain", ...(seen ? ["lit"] : [])], label: `row ${r}, column ${c}${seen ? ", seen" : ""}` };
    });
    this.output.caption.textContent = `Layer ${layer}, ${built[layer - 1].size.join(" by ")}`;
    this.output.draw(lit([], [], ...built[layer - 1].size), [row, column]);
    this.input.caption.textContent = `Input, ${settings.input.join(" by ")}`;
    this.input.draw(lit(down[0], across[0], ...settings.input), null);
    const { field } = result;
    return this.say(field
      ? `Row ${row}, column ${column} of layer ${layer} sees rows ${field.top} to ${field.top + field.height - 1} ` +
        `and columns ${field.left} to ${field.left + field.width - 1} of the input.`
      : `Row ${row}, column ${column} of layer ${layer} sees padding alone.`);
  }

  #drawList(layers) {
    const shape = JSON.stringify(layers.map((one) => one.type)) ;
    if (this.list.dataset.shape !== shape) {
      this.list.dataset.shape = shape;
      this.rows = layers.map((one, number) => this.#row(number, layers.length));
      const held = this.shadowRoot.activeElement?.getAttribute("aria-label");
      this.list.replaceChildren(...this.rows.map((one) => one.part));
      // The keys go on from the button that was pressed, or from one beside it.
      const again = held && [...this.list.querySelectorAll("button, select")].find((one) => one.getAttribute("aria-label") === held);
      if (again) (again.disabled ? again.parentElement.querySelector("button:enabled") : again).focus();
    }
    this.rows.forEach((one, number) => one.set(layers[number]));
  }

  #row(number, count) {
    const put = (some) => this.#edit((layers) => layers.map((one, other) => (other === number ? { ...one, ...some } : one)));
    const name = `layer ${number + 1}`;
    const boxes = {
      type: choice("kind", [["conv", "convolution"], ["pool", "pooling"]], (type) => put({ type }), `kind, ${name}`),
      kernel_size: numberBox("kernel", { max: 9, name: `kernel, ${name}` }, (value) => put({ kernel_size: [value, value] })),
      strides: numberBox("stride", { max: 4, name: `stride, ${name}` }, (value) => put({ strides: [value, value] })),
      dilation_rate: numberBox("dilation", { max: 6, name: `dilation, ${name}` }, (value) => put({ dilation_rate: [value, value] })),
      padding: choice("padding", ["valid", "same"], (padding) => put({ padding }), `padding, ${name}`),
    };
    const swap = (by) => this.#edit((layers) => {
      const next = [...layers];
      [next[number], next[number + by]] = [next[number + by], next[number]];
      return next;
    });
    const part = make("li", {}, make("div", { class: "controls", role: "group", "aria-label": name },
      ...Object.values(boxes).map((one) => one.part),
      button("\u2191", () => swap(-1), { "aria-label": `move ${name} up`, disabled: number === 0 }),
      button("\u2193", () => swap(1), { "aria-label": `move ${name} down`, disabled: number === count - 1 }),
      button("\u00d7", () => this.#edit((layers) => layers.filter((_, other) => other !== number)),
             { "aria-label": `remove ${name}`, disabled: count === 1 })));
    const set = (layer) => {
      const pooling = layer.type === "pool";
      boxes.type.set(layer.type);
      boxes.kernel_size.set(layer.kernel_size[0]);
      boxes.strides.set(layer.strides[0]);
      boxes.dilation_rate.set(pooling ? 1 : layer.dilation_rate[0]);
      boxes.dilation_rate.part.hidden = pooling;
      boxes.padding.set(layer.padding);
    };
    return { part, set };
  }

  #edit(how) {
    this.change({ layers: how(this.sound.layers), cell: null });
  }
}

/** The marked cell, or the middle one of the last layer. */
function marked(built, cell) {
  const layer = bounded(cell?.layer ?? built.length, 1, built.length);
  const within = (place, length) => bounded(place ?? Math.floor(length / 2), 0, length - 1);
  const [rows, columns] = built[layer - 1].size;
  return { layer, row: within(cell?.row, rows), column: within(cell?.column, columns) };
}

define("course-receptive-field", CourseReceptiveField);
