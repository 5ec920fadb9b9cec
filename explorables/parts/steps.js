// Step, back, play at a chosen speed, stop. Nothing plays by itself.

import { bounded } from "../arithmetic/lists.js";
import { make } from "./html.js";
import { button, choice } from "./controls.js";

const SPEEDS = [[1500, "slow"], [600, "medium"], [150, "fast"]]; // milliseconds a step

export class Steps {
  /** `onStep(by)` goes a number of steps and returns false where there is none left. */
  constructor(onStep, onFirst, speeds = SPEEDS) {
    this.pause = speeds[1][0];
    this.timer = 0;
    this.play = button("Play", () => (this.timer ? this.stop() : this.start()));
    const speed = choice("speed", speeds, (value) => {
      this.pause = Number(value);
      if (this.timer) this.start();
    });
    speed.set(this.pause);
    this.onStep = onStep;
    this.part = make("div", { class: "steps", role: "group", "aria-label": "steps" },
      button("First", () => { this.stop(); onFirst(); }),
      button("Back", () => { this.stop(); onStep(-1); }),
      button("Step", () => { this.stop(); onStep(1); }),
      this.play, speed.part);
  }

  start() {
    clearInterval(this.timer);
    this.#tell("Stop", true);
    this.timer = setInterval(() => {
      if (!this.part.isConnected || this.onStep(1) === false) this.stop();
    }, this.pause);
  }

  stop() {
    if (!this.timer) return;
    clearInterval(this.timer);
    this.timer = 0;
    this.#tell("Play", false);
  }

  #tell(next, playing) {
    this.play.textContent = next;
    this.part.dispatchEvent(new CustomEvent("course-play", { detail: playing, bubbles: true }));
  }
}

/** A cell inside a map of `size` [rows, columns], whatever was asked for. */
export function inside(cell, size) {
  return size.map((length, axis) => bounded(cell?.[axis] ?? 0, 0, length - 1));
}

/** The cell so many steps on, row by row, or null beyond the ends. */
export function stepped(cell, [rows, columns], by) {
  const [row, column] = inside(cell, [rows, columns]);
  const next = row * columns + column + by;
  return next < 0 || next >= rows * columns ? null : [Math.floor(next / columns), next % columns];
}
