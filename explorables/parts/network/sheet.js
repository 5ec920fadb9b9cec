// All maps of a layer on one sheet, with one scale: red above zero, blue below, white is zero.

import { bounded } from "../../arithmetic/lists.js";
import { make } from "../html.js";
import { figures } from "./figures.js";

const WIDEST = 240; // cells of a sheet
const BEFORE = ["ArrowLeft", "ArrowUp"];
const AFTER = ["ArrowRight", "ArrowDown"];
// Colours as a canvas keeps them (alpha, blue, green, red) for 511 values from -1 to 1; those of grid.js.
const COLOURS = Uint32Array.from({ length: 511 }, (_, at) => {
  const full = at < 255 ? [33, 102, 172] : [178, 24, 43];
  const [r, g, b] = full.map((level) => Math.round(247 + (level - 247) * Math.abs(at - 255) / 255));
  return (255 << 24 | b << 16 | g << 8 | r) >>> 0;
});
let sheets = 0;

/** One tab stop among `count` things: arrow keys, Home and End choose, and a click does. */
export class Among {
  constructor(title, onChoose) {
    this.caption = make("figcaption", { id: `among-${++sheets}` }, title);
    this.box = make("div", { class: "among", "aria-labelledby": this.caption.id,
                             ...(onChoose ? { role: "slider", tabindex: "0", "aria-valuemin": 1 } : { role: "group" }) });
    this.onChoose = onChoose;
    this.figure = make("figure", { class: "grid" }, this.caption, this.box);
    this.chosen = null;
    if (onChoose) this.box.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const now = this.chosen ?? -1;
      const row = event.key === "ArrowUp" || event.key === "ArrowDown" ? this.across ?? 1 : 1;
      const next = BEFORE.includes(event.key) ? now - row : AFTER.includes(event.key) ? now + row :
        event.key === "Home" ? 0 : event.key === "End" ? this.count - 1 : event.key === "Enter" ? now : null;
      if (next === null) return;
      event.preventDefault();
      onChoose(bounded(now < 0 ? 0 : next, 0, this.count - 1));
    });
  }

  /** Tell which of how many is chosen, and what it is, for those who do not see it. */
  tell(count, chosen, words) {
    this.count = count;
    this.chosen = chosen;
    if (!this.onChoose) return;
    this.box.setAttribute("aria-valuemax", count);
    this.box.setAttribute("aria-valuenow", (chosen ?? 0) + 1);
    this.box.setAttribute("aria-valuetext", chosen === null ? `none of ${count} chosen` : words);
  }
}

export class Sheet extends Among {
  constructor(title, onChoose, most = Infinity) {
    super(title, onChoose);
    this.most = most; // maps beside each other
    this.canvas = make("canvas");
    this.box.append(this.canvas);
    this.canvas.addEventListener("click", (event) => {
      const scale = this.canvas.width / this.canvas.clientWidth;
      const [row, column] = [event.offsetY, event.offsetX].map(
        (offset, axis) => Math.floor((offset * scale - 0.5) / (this.tile[axis] + 1)));
      const number = row * this.across + Math.min(column, this.across - 1);
      if (number >= 0 && number < this.count) onChoose(number);
    });
  }

  /** Draw a map [row][column][channel] of a shape; `most` is the size that is drawn in full colour. */
  draw(data, [high, wide, count], most, chosen) {
    this.tile = [high, wide];
    this.across = Math.min(count, this.most, 2 ** Math.floor(Math.log2((WIDEST - 1) / (wide + 1))) || 1);
    const [rows, columns] = [Math.ceil(count / this.across) * (high + 1) + 1, this.across * (wide + 1) + 1];
    if (this.canvas.height !== rows || this.canvas.width !== columns) {
      Object.assign(this.canvas, { height: rows, width: columns });
      this.canvas.style.width = `${columns * Math.max(2, Math.floor(440 / Math.max(columns, 60)))}px`;
      this.pen = this.canvas.getContext("2d");
      this.picture = this.pen.createImageData(columns, rows);
      this.dots = new Uint32Array(this.picture.data.buffer);
    }
    this.dots.fill(0);
    const full = most > 0 ? 255 / most : 0;
    for (let number = 0; number < count; number += 1) {
      const top = Math.floor(number / this.across) * (high + 1) + 1;
      const left = (number % this.across) * (wide + 1) + 1;
      for (let row = 0; row < high; row += 1) {
        for (let column = 0; column < wide; column += 1) {
          this.dots[(top + row) * columns + left + column] = COLOURS[255 + Math.trunc(data[(row * wide + column) * count + number] * full)];
        }
      }
      if (number === chosen) this.#frame(top - 1, left - 1, high + 1, wide + 1, columns);
    }
    this.pen.putImageData(this.picture, 0, 0);
    let [low, top] = [Infinity, -Infinity];
    if (chosen !== null) {
      for (let at = chosen; at < data.length; at += count) [low, top] = [Math.min(low, data[at]), Math.max(top, data[at])];
    }
    this.tell(count, chosen, `${(chosen ?? 0) + 1} of ${count}: ${low < top ? `from ${figures(low)} to ${figures(top)}` : figures(top)}`);
  }

  #frame(top, left, high, wide, columns) {
    for (let row = 0; row <= high; row += 1) {
      for (let column = 0; column <= wide; column += 1) {
        if (row % high === 0 || column % wide === 0) this.dots[(top + row) * columns + left + column] = 0xff009fe6;
      }
    }
  }
}

/** The probabilities as bars, one a class. */
export class Bars extends Among {
  /** Draw the probabilities [class] of labels; `chosen` is the class whose arithmetic is shown, `told` writes a number. */
  draw(probabilities, labels, answer, chosen, told = percent) {
    if (this.box.children.length !== labels.length) {
      this.box.replaceChildren(...labels.map((label, at) => {
        const row = make("div", { class: "bar", "data-class": at }, make("span", {}, label), make("i"), make("b"));
        row.addEventListener("click", () => this.onChoose?.(at));
        return row;
      }));
    }
    probabilities.forEach((value, at) => {
      const row = this.box.children[at];
      row.className = `bar${at === answer ? " answer" : ""}${at === chosen ? " chosen" : ""}`;
      row.children[1].style.setProperty("--part", bounded(value, 0, 1));
      row.children[2].textContent = told(value);
    });
    this.tell(labels.length, chosen, `${labels[chosen]}: ${told(probabilities[chosen] ?? 0)}`);
  }
}

/** A share in per cent; what is not all is not called 100. */
export function percent(value) {
  if (!Number.isFinite(value)) return "";
  const tenths = value < 1 ? Math.min(Math.round(value * 1000), 999) : 1000;
  return `${tenths / 10}\u00a0%`;
}
