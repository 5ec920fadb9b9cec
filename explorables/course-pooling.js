// <course-pooling>: the largest or the mean of each window; move the picture and see what changes.

import { button, choice, pairBox } from "./parts/controls.js";
import { convolve } from "./arithmetic/convolve.js";
import { CourseElement, define, make } from "./parts/element.js";
import { nameOf } from "./parts/reading.js";
import { NumberGrid, extent, grey, shown } from "./parts/grid.js";
import { KERNELS } from "./arithmetic/kernels.js";
import { pool, preparedPooling, underPool } from "./arithmetic/pool.js";
import { aMatrix, aPair, aPlace, oneOf, orNull } from "./arithmetic/settings.js";
import { covering } from "./arithmetic/sizes.js";
import { Steps, inside, stepped } from "./parts/steps.js";

const PIXELS = "the pixels";

/** A picture moved by whole cells, [down, right]; what comes in is 0. */
export function moved(image, [down, right]) {
  return image.map((row, r) => row.map((_, c) => image[r - down]?.[c - right] ?? 0));
}

/** A move in words: [-1, 2] is "1 up and 2 right". */
function way([down, right]) {
  const parts = [[down, "down", "up"], [right, "right", "left"]].filter(([by]) => by);
  return parts.map(([by, ahead, back]) => `${Math.abs(by)} ${by > 0 ? ahead : back}`).join(" and ");
}

/** What is pooled: the picture, or the answers of a kernel to it after ReLU. */
function mapOf({ image, kernel, shift }) {
  const picture = moved(image, shift);
  if (!kernel) return picture;
  return convolve({ image: picture, kernel }).map((row) => row.map((value) => Math.max(value, 0)));
}

/** By how many cells the output has moved, [down, right], or null if it is no moved copy.
 *  A cell that came in over the border has no old cell to be compared with. */
export function followed(before, output, shift, strides) {
  const cells = [0, 1].map((axis) => [Math.floor, Math.ceil].map((round) => round(shift[axis] / strides[axis])));
  const moves = cells[0].flatMap((down) => cells[1].map((right) => [down, right]));
  return moves.find(([down, right]) => {
    const pairs = output.flatMap((row, r) => row.map((value, c) => [value, before[r - down]?.[c - right]]));
    const known = pairs.filter(([, old]) => old !== undefined);
    return known.length > 0 && known.every(([value, old]) => value === old);
  }) ?? null;
}

/** The pooled map, which of its cells changed when the picture moved, and how far it followed. */
export function pooled(settings) {
  const image = mapOf(settings);
  const output = pool({ ...settings, image });
  const before = pool({ ...settings, image: mapOf({ ...settings, shift: [0, 0] }) });
  const changed = output.flatMap((row, r) => row.flatMap(
    (value, c) => (value === before[r][c] ? [] : [[r, c]])));
  const { strides } = preparedPooling({ ...settings, image });
  return { output, changed, follows: followed(before, output, settings.shift ?? [0, 0], strides) };
}

export class CoursePooling extends CourseElement {
  static defaults = {
    image: [[1, 3, 2, 1], [4, 6, 5, 0], [7, 2, 9, 8], [0, 1, 4, 3]], pool_size: [2, 2],
    strides: [2, 2], padding: "valid", kind: "max", kernel: null, shift: [0, 0], cell: [0, 0] };

  static kinds = {
    image: aMatrix, pool_size: aPair, strides: orNull(aPair), padding: oneOf(["valid", "same"]),
    kind: oneOf(["max", "mean"]), kernel: orNull(aMatrix), shift: aPlace, cell: aPlace };

  build(body) {
    const set = (name) => this.setting(name);
    this.boxes = {
      kind: choice("keep", [["max", "the largest"], ["mean", "the mean"]], set("kind")),
      pool_size: pairBox("window", { max: 6 }, set("pool_size")),
      strides: pairBox("strides", { max: 6 }, set("strides")),
      padding: choice("padding", ["valid", "same"], set("padding")),
    };
    this.source = choice("pool", [PIXELS, ...Object.keys(KERNELS).map((one) => [one, `${one}, then ReLU`])],
                         (name) => this.change({ kernel: KERNELS[name] ?? null }));
    const move = (down, right) => () => {
      const [y, x] = this.sound.shift;
      this.change({ shift: [y + down, x + right] });
    };
    const moves = make("div", { class: "steps", role: "group", "aria-label": "move the picture" },
      make("span", {}, "move the picture"),
      button("\u2190", move(0, -1), { "aria-label": "move left" }), button("\u2191", move(-1, 0), { "aria-label": "move up" }),
      button("\u2193", move(1, 0), { "aria-label": "move down" }), button("\u2192", move(0, 1), { "aria-label": "move right" }));
    this.steps = new Steps((by) => this.#step(by), () => this.change({ cell: [0, 0] }));
    this.input = new NumberGrid("Map", (row, column) => this.#point(row, column));
    this.output = new NumberGrid("Pooled", (row, column) => this.change({ cell: [row, column] }));
    [this.steps.part, this.output.figure].forEach((part) => part.classList.add("told"));
    body.append(this.controls(this.source.part, ...Object.values(this.boxes).map((one) => one.part), moves),
                this.problem, this.steps.part, make("div", { class: "maps" }, this.input.figure, this.output.figure));
  }

  compute(settings) {
    return pooled(settings);
  }

  draw(settings, result) {
    Object.entries(this.boxes).forEach(([name, box]) => box.set(settings[name] ?? settings.pool_size)); // Keras: no strides, the window's
    this.source.set(nameOf(KERNELS, settings.kernel, PIXELS));
    if (this.refuses(result, this.input.figure, this.output.figure, this.steps.part)) return;
    const ready = preparedPooling({ ...settings, image: mapOf(settings) });
    const cell = inside(settings.cell, [result.output.length, result.output[0].length]);
    const { down, across, value } = underPool(ready, ...cell);
    const [low, high] = extent(ready.image.flat(), 0, -Infinity);
    this.input.draw(ready.image.map((row, r) => row.map((one, c) => {
      const seen = down.includes(r) && across.includes(c);
      return { ...grey(one, low, high), text: shown(one), kind: ["pixel", ...(seen ? ["window"] : [])],
               label: `${shown(one)}, row ${r}, column ${c}` };
    })), null);
    const differs = new Set(result.changed.map(String));
    this.output.caption.textContent = `Pooled, ${result.output.length} by ${result.output[0].length}`;
    this.output.draw(result.output.map((row, r) => row.map((one, c) => {
      const other = differs.has(`${r},${c}`);
      return { ...grey(one, low, high), text: shown(one), kind: ["pixel", ...(other ? ["feeds"] : [])],
               label: `${shown(one)}, row ${r}, column ${c}${other ? ", changed by the move" : ""}` };
    })), cell);
    const count = result.output.flat().length;
    const shift = settings.shift.some(Boolean) ? ` The picture lies ${way(settings.shift)} of where it was: ` +
      `${differs.size} of ${count} numbers changed, and the output is ${this.#copy(result.follows)}.` : "";
    return this.say(`Row ${cell[0]}, column ${cell[1]}: the ${settings.kind === "max" ? "largest" : "mean"} ` +
                    `of ${down.length * across.length} cells is ${shown(value)}.${shift}`);
  }

  #copy(follows) {
    if (!follows) return "no moved copy of the old one";
    return follows.some(Boolean) ? `the old one, moved by whole cells: ${way(follows)}` : "the old one";
  }

  #point(row, column) {
    const { rows, columns, pool: size } = preparedPooling({ ...this.sound, image: mapOf(this.sound) });
    const cell = covering([rows, columns], size, [1, 1], [row, column]);
    if (cell) this.change({ cell });
    else this.say("No window reads this cell.");
  }

  #step(by) {
    const { output } = this.result;
    const cell = output && stepped(this.sound.cell, [output.length, output[0].length], by);
    if (cell) this.change({ cell });
    return Boolean(cell);
  }
}

define("course-pooling", CoursePooling);
