// A map of numbers: one tab stop, arrow keys and pointer move a cursor over its cells.

import { bounded } from "../arithmetic/lists.js";
import { make } from "./html.js";

let grids = 0;
const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export class NumberGrid {
  /** `onPoint(row, column)` is told where the cursor goes; rows count from `first` on;
   * `onDigit(row, column, digit)` what is typed on the cell under it. */
  constructor(title, onPoint, { onPress = null, onDigit = null } = {}) {
    this.onPoint = onPoint;
    this.onPress = onPress;
    this.onDigit = onDigit;
    this.name = `grid-${++grids}`;
    this.cursor = [0, 0];
    this.table = make("div", { class: "cells", role: "grid", tabindex: "0" });
    this.caption = make("figcaption", { id: `${this.name}-title` }, title);
    this.table.setAttribute("aria-labelledby", this.caption.id);
    this.figure = make("figure", { class: "grid" }, this.caption, this.table);
    this.table.addEventListener("keydown", (event) => this.#key(event));
    this.table.addEventListener("pointermove", (event) => this.#pointer(event, false));
    this.table.addEventListener("pointerdown", (event) => this.#pointer(event, true));
    // A finger that scrolls the page touches the grid as well: only a tap points.
    this.table.addEventListener("click", (event) => this.#at(event, (...at) => this.#go(...at, true)));
  }

  /** Draw `cells`, [row][column] of {text, kind, tint, label}; `cursor` is the marked cell or null.
   *
   * `kind` is a list of CSS classes, `tint` a background colour, `label` what is read aloud. Where no
   * cell is marked, the cursor stays where keys and pointer left it, so that it can be seen moving.
   */
  draw(cells, cursor) {
    this.shape = [cells.length, cells[0]?.length ?? 0];
    const [rows, columns] = this.shape;
    this.figure.style.setProperty("--columns", columns);
    this.figure.classList.toggle("small", columns > 16);
    this.table.setAttribute("aria-rowcount", rows);
    this.table.setAttribute("aria-colcount", columns);
    if (this.table.children.length !== rows || this.table.firstChild?.children.length !== columns) {
      this.table.replaceChildren(...cells.map((row, r) => make("div", { role: "row" },
        ...row.map((_, c) => make("div", { role: "gridcell", id: `${this.name}-${r}-${c}`,
                                           "data-at": `${r},${c}` })))));
    }
    cells.forEach((row, r) => row.forEach((cell, c) => this.#fill(r, c, cell)));
    this.marked?.classList.remove("cursor");
    this.marked = cursor && this.table.children[cursor[0]]?.children[cursor[1]];
    this.marked?.classList.add("cursor");
    this.#stand(...(this.marked ? cursor : this.cursor));
  }

  /** Let the keys go on from a cell, also where the grid marks none. */
  #stand(row, column) {
    const [rows, columns] = this.shape;
    this.cursor = [Math.min(row, rows - 1), Math.min(column, columns - 1)];
    this.here?.classList.remove("here");
    this.here = this.at(...this.cursor);
    this.here.classList.add("here");
    this.table.setAttribute("aria-activedescendant", this.here.id);
  }

  /** Whether the pointer draws, so that a finger on the grid does not scroll the page. */
  set draws(on) {
    this.figure.classList.toggle("draws", on);
  }

  at(row, column) {
    return this.table.children[row].children[column];
  }

  #fill(row, column, { text = "", kind = [], tint = "", ink = "", label = text }) {
    const cell = this.at(row, column);
    const look = JSON.stringify([text, kind, tint, ink, label]);
    if (cell.look === look) return;
    cell.look = look;
    if (cell.textContent !== text) cell.textContent = text;
    cell.className = kind.join(" ");
    cell.style.backgroundColor = tint;
    cell.style.color = ink;
    cell.setAttribute("aria-label", label || "empty");
  }

  #key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return; // the browser's own: back, zoom
    const [rows, columns] = this.shape;
    let [row, column] = this.cursor;
    if (event.key in ARROWS) {
      row += ARROWS[event.key][0];
      column += ARROWS[event.key][1];
    } else if (event.key === "Home") column = 0;
    else if (event.key === "End") column = columns - 1;
    else if (this.onPress && (event.key === " " || event.key === "Enter")) {
      event.preventDefault();
      this.onPress(row, column, true);
      return;
    } else if (this.onDigit && /^[0-9]$/.test(event.key)) {
      this.onDigit(row, column, Number(event.key));
      return;
    } else return;
    event.preventDefault();
    this.#go(bounded(row, 0, rows - 1), bounded(column, 0, columns - 1));
  }

  #at(event, tell) {
    const cell = event.composedPath().find((one) => one.dataset?.at);
    if (cell) tell(...cell.dataset.at.split(",").map(Number));
  }

  #pointer(event, pressed) {
    if (pressed && event.button !== 0) return;
    // A finger holds on to the cell that it touched first; one that draws must let go of it.
    if (pressed && event.target.hasPointerCapture(event.pointerId)) event.target.releasePointerCapture(event.pointerId);
    this.#at(event, (row, column) => {
      if (this.onPress && (pressed || event.buttons === 1)) this.onPress(row, column, pressed);
      if (!pressed && event.pointerType === "mouse") this.#go(row, column);
    });
  }

  /** Point at a cell; a pointer that only moves inside it has said so before. */
  #go(row, column, again = false) {
    const known = row === this.cursor[0] && column === this.cursor[1] && this.told;
    if (known && !again) return;
    this.#stand(row, column);
    this.told = true;
    this.onPoint(row, column);
  }
}

/** The least and the greatest of numbers, at most and at least those given. */
export function extent(values, low, high) {
  return values.reduce(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [low, high]);
}

/** A number as a page shows it: at most two decimals, a true minus sign. */
export function shown(value) {
  return (Math.round(value * 100) / 100).toString().replace("-", "\u2212");
}

/** Colours of a signed value in a map whose largest size is `most`: red above zero, blue below. */
export function signed(value, most) {
  const part = most > 0 && most < Infinity ? Math.min(Math.abs(value) / most, 1) : 0;
  const full = value >= 0 ? [178, 24, 43] : [33, 102, 172];
  return coloured(full.map((level) => Math.round(247 + (level - 247) * part)));
}

/** Colours of a pixel between `low` (black) and `high` (white). */
export function grey(value, low, high) {
  const level = Math.round(255 * (high > low ? (value - low) / (high - low) : 0));
  return coloured([level, level, level]);
}

/** A ground and the ink that stands out from it, by WCAG's relative luminance. */
function coloured(levels) {
  const [r, g, b] = levels.map((level) => level / 255).map(
    (one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
  const ink = 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? "#000" : "#fff";
  return { tint: `rgb(${levels.join(",")})`, ink };
}
