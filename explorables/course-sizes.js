// <course-sizes>: padding, stride, dilation and transposed convolution, seen on a grid.

import { range, table } from "./arithmetic/lists.js";
import { choice, pairBox, tick } from "./parts/controls.js";
import { CourseElement, define, make } from "./parts/element.js";
import { NumberGrid } from "./parts/grid.js";
import { PADDINGS, covering, pairOf, requireKeras, stampsAlong, tapsFrom, windowsAlong } from "./arithmetic/sizes.js";
import { aFlag, aPadding, aPair, aPlace } from "./arithmetic/settings.js";
import { Steps, inside, stepped } from "./parts/steps.js";

const LARGEST = 28; // a digit
const AXES = ["rows", "columns"];

/** Sizes of a convolution, or of a transposed one: {size, padding, unread} as Keras has them. */
export function sizesOf({ input, kernel_size, strides, padding, dilation, transposed }) {
  const [inputs, kernels, steps, gaps] = [
    pairOf(input, "The input"), pairOf(kernel_size, "The kernel"), pairOf(strides, "The strides"),
    pairOf(dilation, "The dilation")];
  requireKeras({ strides: steps, dilation: gaps, padding, transposed });
  const along = transposed ? stampsAlong : windowsAlong;
  const axes = AXES.map((_, axis) => along(
    inputs[axis], kernels[axis], steps[axis], padding, gaps[axis]));
  const [[top, bottom], [left, right]] = axes.map((axis) => axis.padding ?? axis.crop);
  const unread = transposed ? [] : cellsOf(inputs).filter(
    ([row, column]) => axes[0].unread.includes(row) || axes[1].unread.includes(column));
  return { size: axes.map((axis) => axis.size), padding: { top, bottom, left, right }, unread, axes };
}

function cellsOf([rows, columns]) {
  return range(rows * columns).map((cell) => [Math.floor(cell / columns), cell % columns]);
}

/** The size formula of one axis with its numbers filled in. */
export function formula({ input, kernel_size, strides, padding, dilation, transposed }, axes, axis) {
  const [n, k, s, d] = [input, kernel_size, strides, dilation].map((pair) => pair[axis]);
  const { size, span } = axes[axis];
  const spread = d > 1 ? ` (the window spans ${d} \u00b7 (${k} \u2212 1) + 1 = ${span})` : "";
  if (transposed) {
    return padding === "same" ? `${n} \u00b7 ${s} = ${size}`
      : `${n} \u00b7 ${s} + max(${span} \u2212 ${s}, 0) = ${size}${spread}`;
  }
  const [before, after] = axes[axis].padding;
  if (padding === "same") {
    const lacking = `max(0, (${size} \u2212 1) \u00b7 ${s} + ${span} \u2212 ${n}) = ${before + after}`;
    return `\u2308${n} / ${s}\u2309 = ${size}; zeros: ${lacking}, ${before} before and ${after} after${spread}`;
  }
  const zeros = before + after ? ` + ${before} + ${after}` : "";
  return `\u230a(${n}${zeros} \u2212 ${span}) / ${s}\u230b + 1 = ${size}${spread}`;
}

/** Why one axis has as many zeros as it has, or cells that are never read, in words. */
export function reason({ input, strides, padding }, { size, span, padding: [before, after] }, axis) {
  const [n, s, name, [one, other]] = [input[axis], strides[axis], AXES[axis], [["above", "below"], ["left", "right"]][axis]];
  const reach = (size - 1) * s + span;
  const over = `${size === 1 ? "1 window reaches" : `${size} windows, each ${s} further, reach`} over ${reach} ${name}`;
  if (padding === "valid") return `${over} of ${n}${n > reach ? `; ${n - reach} at the end left out` : ""}.`;
  const lacking = `${reach - n} ${reach - n === 1 ? name.slice(0, -1) : name}`;
  const zeros = reach > n ? `${lacking} of zeros: ${before} ${one}, ${after} ${other}` : "no zeros";
  return `${over}; ${n} are there, so ${zeros}${before < after ? ` (the odd one goes ${other})` : ""}.`;
}

export class CourseSizes extends CourseElement {
  static defaults = { input: [5, 5], kernel_size: [3, 3], strides: [1, 1], padding: "valid",
                      dilation: [1, 1], transposed: false, cell: [0, 0] };

  static kinds = { input: aPair, kernel_size: aPair, strides: aPair, padding: aPadding, dilation: aPair,
                   transposed: aFlag, cell: aPlace };

  build(body) {
    const set = (name) => this.setting(name, { cell: [0, 0] });
    this.boxes = {
      input: pairBox("input", { max: LARGEST }, set("input")),
      kernel_size: pairBox("kernel", { max: 7 }, set("kernel_size")),
      strides: pairBox("strides", { max: 5 }, set("strides")),
      dilation: pairBox("dilation", { max: 4 }, set("dilation")),
      padding: choice("padding", PADDINGS, set("padding")),
      transposed: tick("transposed", set("transposed")),
    };
    this.steps = new Steps((by) => this.#step(by), () => this.change({ cell: [0, 0] }));
    this.steps.part.classList.add("told");
    this.input = new NumberGrid("Input", (row, column) => this.#pointInput(row, column));
    this.output = new NumberGrid("Output", (row, column) => this.#pointOutput(row, column));
    this.formulas = make("div", { class: "formulas told" });
    body.append(this.controls(...Object.values(this.boxes).map((one) => one.part)), this.problem, this.formulas, this.steps.part,
                make("div", { class: "maps told" }, this.input.figure, this.output.figure));
  }

  compute(settings) {
    const { size, padding, unread } = sizesOf(settings);
    return { size, padding, unread };
  }

  draw(settings, result) {
    Object.entries(this.boxes).forEach(([name, box]) => box.set(settings[name]));
    this.formulas.replaceChildren();
    if (this.refuses(result, this.input.figure, this.output.figure, this.steps.part)) return;
    const { axes } = sizesOf(settings);
    const explained = !settings.transposed && settings.padding !== "full";
    AXES.forEach((name, axis) => this.formulas.append(
      make("p", { class: "formula" }, make("b", {}, `${name}: `), formula(settings, axes, axis)),
      explained ? make("p", { class: "why" }, reason(settings, axes[axis], axis)) : ""));
    const lines = [settings.padding === "same" && "Same padding makes input / stride windows, rounded up, and adds the zeros that they lack.",
                   axes.some((axis) => axis.padding?.[1]) && "Tinted cells are zeros.", result.unread.length && "Crossed cells are never read."];
    if (explained) this.formulas.append(make("p", { class: "why" }, lines.filter(Boolean).join(" ")));
    (settings.transposed ? this.#drawStamp : this.#drawWindow).call(this, settings, axes, result);
  }

  #drawWindow(settings, axes, { size, padding, unread }) {
    const cell = inside(settings.cell, size);
    const taps = axes.map((axis, a) => tapsFrom(axis.starts[cell[a]], settings.kernel_size[a], settings.dilation[a]));
    const lost = new Set(unread.map(String));
    const [height, width] = [settings.input[0] + padding.top + padding.bottom,
                             settings.input[1] + padding.left + padding.right];
    this.offset = [padding.top, padding.left];
    this.input.caption.textContent = `Input, ${settings.input.join(" by ")}`;
    this.input.draw(table(height, width, (r, c) => {
      const at = [r - padding.top, c - padding.left];
      const real = at[0] >= 0 && at[1] >= 0 && at[0] < settings.input[0] && at[1] < settings.input[1];
      const seen = taps[0].includes(at[0]) && taps[1].includes(at[1]);
      const kind = [real ? "plain" : "padding", ...(seen ? ["window"] : []),
                    ...(lost.has(String(at)) ? ["unread"] : [])];
      const name = real ? `row ${at[0]}, column ${at[1]}` : "padding";
      return { text: real ? "" : "0", kind,
               label: name + (seen ? ", under the window" : "") + (lost.has(String(at)) ? ", never read" : "") };
    }), null);
    this.output.caption.textContent = `Output, ${size.join(" by ")}`;
    this.output.draw(plain(size), cell);
    const never = unread.length ? ` ${unread.length} cells of the input are never read.` : "";
    this.say(`Output row ${cell[0]}, column ${cell[1]} sees rows ${list(taps[0])} and columns ` +
             `${list(taps[1])} of the input.${never}`);
  }

  #drawStamp(settings, axes, { size }) {
    const cell = inside(settings.cell, settings.input);
    const taps = axes.map((axis, a) => tapsFrom(axis.starts[cell[a]], settings.kernel_size[a], settings.dilation[a]));
    this.offset = [0, 0];
    this.input.caption.textContent = `Input, ${settings.input.join(" by ")}`;
    this.input.draw(plain(settings.input), cell);
    this.output.caption.textContent = `Output, ${size.join(" by ")}`;
    this.output.draw(table(...size, (r, c) => {
      const hit = taps[0].includes(r) && taps[1].includes(c);
      return { kind: ["plain", ...(hit ? ["feeds"] : [])],
               label: `row ${r}, column ${c}${hit ? ", under the stamp" : ""}` };
    }), null);
    const cut = taps.some((rows, axis) => rows.some((at) => at < 0 || at >= size[axis]));
    this.say(`Input row ${cell[0]}, column ${cell[1]} lays the kernel on rows ${list(taps[0])} and ` +
             `columns ${list(taps[1])} of the output.${cut ? " What lies outside is cut off." : ""}`);
  }

  #pointInput(row, column) {
    const settings = this.sound;
    if (settings.transposed) return this.change({ cell: [row, column] });
    const { axes, size } = sizesOf(settings);
    const at = [row - this.offset[0], column - this.offset[1]];
    const cell = covering(axes, settings.kernel_size, settings.dilation, at);
    if (cell) return this.change({ cell });
    return this.say(`No window of the ${size.join(" by ")} reads this cell.`);
  }

  #pointOutput(row, column) {
    const settings = this.sound;
    if (!settings.transposed) return this.change({ cell: [row, column] });
    const { axes } = sizesOf(settings);
    const cell = covering(axes, settings.kernel_size, settings.dilation, [row, column]);
    if (cell) return this.change({ cell });
    return this.say(`No stamp covers row ${row}, column ${column} of the output: it stays 0.`);
  }

  #step(by) {
    const { sound: settings, result } = this;
    const over = settings.transposed ? settings.input : result.size;
    const cell = over && !("error" in result) && stepped(settings.cell, over, by);
    if (cell) this.change({ cell });
    return Boolean(cell);
  }
}

function plain(size) {
  return table(...size, (r, c) => ({ kind: ["plain"], label: `row ${r}, column ${c}` }));
}

function list(numbers) {
  return numbers.map((one) => (one < 0 ? `\u2212${-one}` : String(one))).join(", ");
}

define("course-sizes", CourseSizes);
