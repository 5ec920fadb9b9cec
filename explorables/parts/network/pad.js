// A picture to draw on, in fine pixels or coarse ones, with pointer, finger or keys.

import { bounded } from "../../arithmetic/lists.js";
import { make } from "../html.js";

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export class Pad {
  /** `onPoint([row, column], drawing, from)` is told of each place, in pixels and their parts: `from` is
   *  where the pen was before, if it is down; `onMove(place)` where keys or a pointer only point. */
  constructor(title, { onDraw, onPoint, step = 1 }) {
    this.canvas = make("canvas", { class: "pad", role: "application", tabindex: "0", "aria-roledescription": "drawing pad",
      "aria-label": `${title}: arrow keys move, Space lowers and lifts the pen` });
    this.figure = make("figure", { class: "grid" }, make("figcaption", {}, title), this.canvas);
    this.pen = this.canvas.getContext("2d");
    this.cursor = null;
    this.down = false;
    this.last = null;
    this.step = step;
    Object.assign(this, { onDraw, onPoint });
    this.canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      this.canvas.setPointerCapture(event.pointerId);
      this.last = null;
      this.down = false;
      this.#stroke(event);
    });
    this.canvas.addEventListener("pointermove", (event) => this.#stroke(event));
    ["pointerup", "pointercancel"].forEach((name) => this.canvas.addEventListener(name, () => { this.last = null; }));
    this.canvas.addEventListener("keydown", (event) => this.#key(event));
    this.canvas.addEventListener("blur", () => { this.down = false; });
  }

  /** The pixels that the pad has, [rows, columns], and how finely they are painted. */
  set size(shape) {
    if (String(this.shape) === String(shape)) return;
    this.shape = shape;
    this.fine = Math.max(1, Math.floor(280 / Math.max(...shape)));
    Object.assign(this.canvas, { height: shape[0] * this.fine, width: shape[1] * this.fine });
  }

  /** Where the keys are, in words; "" while no key moves the pen. */
  get where() {
    if (!this.cursor || !this.canvas.matches(":focus-visible")) return "";
    return `Row ${this.cursor[0]}, column ${this.cursor[1]}; the pen is ${this.down ? "down" : "up"}. `;
  }

  #place({ clientX, clientY }) {
    const box = this.canvas.getBoundingClientRect();
    return [(clientY - box.top) / box.height * this.shape[0], (clientX - box.left) / box.width * this.shape[1]];
  }

  #stroke(event) {
    const drawing = event.buttons === 1 || event.type === "pointerdown";
    const all = drawing && event.getCoalescedEvents?.().length ? event.getCoalescedEvents() : [event];
    const places = all.map((one) => this.#place(one));
    if (drawing) {
      const line = this.last ? [this.last, ...places] : places;
      [this.last] = places.slice(-1);
      this.onDraw(line);
    }
    this.onPoint(places.at(-1).map(Math.floor), drawing);
  }

  #key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const before = this.cursor ?? this.shape.map((side) => Math.floor(side / 2));
    const centre = (cell) => cell.map((one) => one + 0.5);
    if (event.key === " ") {
      this.down = !this.down;
      this.cursor = before;
      if (this.down) this.onDraw([centre(before)]);
    } else if (event.key in ARROWS) {
      const move = ARROWS[event.key];
      this.cursor = before.map((one, axis) => bounded(one + this.step * move[axis], 0, this.shape[axis] - 1));
      if (this.down) this.onDraw([centre(before), centre(this.cursor)]);
    } else return;
    event.preventDefault();
    this.onPoint(this.cursor, this.down);
  }

  /** Draw grey levels [row][column] from 0 to 1, and on them heat {values, most} and frames
   *  [{top, left, height, width, colour}]. */
  draw(levels, { heat = null, frames = [] } = {}) {
    const { pen, fine } = this;
    this.size = [levels.length, levels[0].length];
    const small = new ImageData(levels[0].length, levels.length);
    levels.forEach((row, r) => row.forEach((value, c) => {
      const at = 4 * (r * row.length + c);
      small.data.fill(255 * value, at, at + 3);
      small.data[at + 3] = 255;
    }));
    pen.imageSmoothingEnabled = false;
    this.#lay(small);
    if (heat?.most > 0) {
      const warm = new ImageData(heat.values[0].length, heat.values.length);
      heat.values.flat().forEach((value, at) => warm.data.set([230, 159, 0, 200 * value / heat.most], 4 * at));
      pen.imageSmoothingEnabled = true;
      this.#lay(warm);
    }
    const cursor = this.canvas.matches(":focus-visible") && this.cursor;
    const seen = cursor ? [...frames, { top: cursor[0], left: cursor[1], height: 1, width: 1, colour: "#e69f00" }] : frames;
    seen.forEach(({ top, left, height, width, colour }) => {
      pen.strokeStyle = colour;
      pen.lineWidth = Math.max(2, fine / 4);
      pen.strokeRect(left * fine, top * fine, Math.max(width * fine, 4), Math.max(height * fine, 4));
    });
  }

  #lay(image) {
    this.spare ??= make("canvas");
    Object.assign(this.spare, { width: image.width, height: image.height });
    this.spare.getContext("2d").putImageData(image, 0, 0);
    this.pen.drawImage(this.spare, 0, 0, this.canvas.width, this.canvas.height);
  }
}

/** Draw a line of places with a round pen into levels [row][column], 0 to `full`; returns new levels. */
export function inked(levels, line, radius, full, erase = false) {
  const drawn = levels.map((row) => [...row]);
  line.forEach((end, at) => {
    const start = line[Math.max(at - 1, 0)];
    if (at === 0 && line.length > 1) return;
    const [low, top] = [0, 1].map((axis) => [Math.min(start[axis], end[axis]) - radius - 1, Math.max(start[axis], end[axis]) + radius + 1]);
    for (let r = Math.max(0, Math.floor(low[0])); r < Math.min(drawn.length, low[1]); r += 1) {
      for (let c = Math.max(0, Math.floor(top[0])); c < Math.min(drawn[0].length, top[1]); c += 1) {
        const cover = bounded(radius + 0.5 - apart([r + 0.5, c + 0.5], start, end), 0, 1);
        if (cover === 0) continue;
        drawn[r][c] = erase ? Math.min(drawn[r][c], Math.round(full * (1 - cover))) : Math.max(drawn[r][c], Math.round(full * cover));
      }
    }
  });
  return drawn;
}

/** How far a point is from a line between two others. */
function apart(point, start, end) {
  const way = end.map((one, axis) => one - start[axis]);
  const length = way[0] ** 2 + way[1] ** 2;
  const along = length ? bounded(((point[0] - start[0]) * way[0] + (point[1] - start[1]) * way[1]) / length, 0, 1) : 0;
  return Math.hypot(...point.map((one, axis) => one - start[axis] - along * way[axis]));
}
