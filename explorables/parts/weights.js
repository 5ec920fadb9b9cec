// A kernel as boxes to write into, one for each weight.

import { numberBox } from "./controls.js";
import { make } from "./html.js";

export class Weights {
  /** `onWeight(row, column, value)` is told what the reader writes; `before` names the box among others. */
  constructor(title, onWeight, before = "") {
    this.onWeight = onWeight;
    this.before = before;
    this.box = make("div", { class: "weights" });
    this.figure = make("figure", { class: "grid" }, make("figcaption", {}, title), this.box);
    this.boxes = [];
  }

  /** Show weights, [row][column]. */
  draw(weights) {
    if (this.boxes.length !== weights.length || this.boxes[0].length !== weights[0].length) {
      this.boxes = weights.map((row, r) => row.map((_, c) => numberBox(
        `${this.before}weight in row ${r}, column ${c}`, { min: -99, max: 99, step: "any", quiet: true },
        (value) => this.onWeight(r, c, value))));
      this.box.style.setProperty("--columns", weights[0].length);
      this.box.replaceChildren(...this.boxes.flat().map((one) => one.part));
    }
    weights.forEach((row, r) => row.forEach(
      (value, c) => this.boxes[r][c].set(Math.round(value * 1000) / 1000)));
  }
}
