// <course-descent>: gradient descent, on one kernel or in a small training, a step a frame.

import { table } from "./arithmetic/lists.js";
import { SIDE, judged, startNetwork, stepNetwork } from "./arithmetic/training.js";
import { Steps } from "./parts/steps.js";
import { CourseElement, define, make } from "./parts/element.js";
import { NumberGrid, extent, grey, shown, signed } from "./parts/grid.js";
import { KERNELS } from "./arithmetic/kernels.js";
import { Refused, told } from "./arithmetic/sizes.js";
import { aFlag, aMatrix, oneOf } from "./arithmetic/settings.js";
import { choice, numberBox, tick } from "./parts/controls.js";
import { curves, drawCurves } from "./parts/drawings/curves.js";
import { startKernel, stepKernel } from "./arithmetic/descent.js";

const SPEEDS = [[400, "slow"], [16, "a step a frame"]];
const BOUND = 1e12; // of a loss that is still shown
const TASKS = {
  kernel: { start: startKernel, step: stepKernel, judge: (_, state) => state, every: 1, most: 5000,
            uses: ["image", "target", "kernel", "learning_rate"] },
  network: { start: startNetwork, step: stepNetwork, judge: judged, every: 5, most: 1000,
             uses: ["seed", "learning_rate", "dropout", "batch_normalization"] } };

/** A number between these, whole if it must be. */
const between = (low, high, whole = false) => (value, name) => {
  if (Number.isFinite(value) && value >= low && value <= high && (!whole || Number.isInteger(value))) return value;
  throw new Refused(`The ${name} must be a ${whole ? "whole " : ""}number from ${low} to ${high}; got ${told(value)}.`);
};

export class CourseDescent extends CourseElement {
  static defaults = {
    task: "kernel", image: [[1, 2, 0, 1], [0, 1, 3, 2], [2, 0, 1, 0], [1, 1, 2, 0]],
    target: KERNELS["Sobel, upright"], kernel: [[0, 0, 0], [0, 0, 0], [0, 0, 0]],
    learning_rate: 0.1, dropout: 0, batch_normalization: false, seed: 0, step: 0 };

  static kinds = {
    task: oneOf(Object.keys(TASKS)), image: aMatrix, target: aMatrix, kernel: aMatrix, learning_rate: between(0, 100),
    dropout: between(0, 0.9), batch_normalization: aFlag, seed: between(0, 9999, true), step: between(0, 5000, true) };

  build(body) {
    const begin = (name) => this.setting(name, { step: 0 });
    this.boxes = {
      task: choice("learn", [["kernel", "one kernel"], ["network", "a small network"]], begin("task")),
      learning_rate: numberBox("learning rate", { min: 0, max: 100, step: "any" }, begin("learning_rate")),
      dropout: numberBox("dropout", { min: 0, max: 0.9, step: "any" }, begin("dropout")),
      batch_normalization: tick("batch normalisation", begin("batch_normalization")),
      seed: numberBox("seed", { min: 0, max: 9999 }, begin("seed")),
      step: numberBox("step", { min: 0, max: 5000 }, this.setting("step")),
    };
    this.steps = new Steps((by) => this.#go(by), () => this.change({ step: 0 }), SPEEDS);
    this.curves = curves();
    this.legend = make("p", { class: "formula" });
    this.maps = ["Kernel", "Gradient", "Output", "Wanted", "Picture", "What the network answers"].map((title) => new NumberGrid(title, () => {}));
    body.append(this.controls(...Object.values(this.boxes).map((one) => one.part)),
                this.problem, this.steps.part,
                make("div", { class: "told" }, this.legend, this.curves, make("div", { class: "maps" }, ...this.maps.map((one) => one.figure))));
  }

  /** Go on from where the training stands, or from its start if it is another or lies behind. */
  compute(settings) {
    const { start, step, judge, every, most, uses } = TASKS[settings.task];
    if (settings.step > most) throw new Refused(`This training has at most ${most} steps.`);
    const key = JSON.stringify([settings.task, ...uses.map((name) => settings[name])]);
    if (this.run?.key !== key || this.run.at > settings.step) {
      this.run = { key, at: 0, state: start(settings), stand: [] };
      this.run.stand.push(judge(settings, this.run.state));
    }
    const { run } = this;
    let now = run.at % every ? judge(settings, run.state) : run.stand.at(-1);
    while (run.at < settings.step && now.loss <= BOUND) {
      run.state = step(settings, run.state);
      run.at += 1;
      if (run.at % every === 0 || run.at === settings.step) now = judge(settings, run.state);
      if (run.at % every === 0) run.stand.push(now);
    }
    if (!(now.loss <= BOUND)) {
      this.run = null;
      throw new Refused(`Before step ${run.at} the loss leaves all bounds: the learning rate is too high.`);
    }
    const line = (name) => run.stand.slice(0, Math.floor(settings.step / every) + 1).map((one) => one[name]);
    const { wanted, ...found } = now;
    return settings.task === "kernel" ? { ...found, losses: line("loss") }
      : { ...found, losses: line("loss"), validation_losses: line("validation_loss") };
  }

  draw(settings, result) {
    const kernel = settings.task === "kernel";
    Object.entries(this.boxes).forEach(([name, box]) => {
      box.set(settings[name]);
      box.part.hidden = !["task", "step", ...TASKS[settings.task].uses].includes(name);
    });
    if (this.refuses(result, this.legend, this.curves, this.steps.part, ...this.maps.map((one) => one.figure))) return;
    this.maps.forEach((one, place) => { one.figure.hidden = kernel === (place === 5); });
    const lines = [{ name: "loss", values: result.losses }];
    if (!kernel) lines.push({ name: "validation loss", values: result.validation_losses });
    drawCurves(this.curves, lines, TASKS[settings.task].every, settings.step);
    (kernel ? this.#drawKernel : this.#drawNetwork).call(this, settings, result);
  }

  #drawKernel(settings, { kernel, gradient, output, loss }) {
    const { wanted } = this.run.state;
    [[kernel], [gradient], [output, wanted], [wanted, output]].forEach(([values, other], place) => {
      const [low, high] = extent([values, other ?? []].flat(2), 0, 0);
      this.maps[place].draw(values.map((row, r) => row.map((one, c) => ({
        ...signed(one, Math.max(-low, high)), text: shown(one), label: `${shown(one)}, row ${r}, column ${c}` }))), null);
    });
    const [low, high] = extent(settings.image.flat(), 0, 1);
    this.maps[4].draw(settings.image.map((row, r) => row.map((one, c) => ({
      ...grey(one, low, high), text: shown(one), label: `${shown(one)}, row ${r}, column ${c}` }))), null);
    const gap = extent(kernel.flatMap((row, u) => row.map((one, v) => Math.abs(one - settings.target[u][v]))), 0, 0)[1];
    this.legend.textContent = `loss ${loss.toPrecision(3)}`;
    this.say(`After ${settings.step} steps the loss is ${loss.toPrecision(3)}; no weight is further than ${gap.toPrecision(2)} from the wanted kernel's.`);
  }

  #drawNetwork(settings, result) {
    const { cells } = this.run.state;
    this.maps[5].draw(table(SIDE, SIDE, (r, c) => {
      const { label, inside } = cells[r * SIDE + c];
      const part = result.probabilities[r * SIDE + c];
      return { ...signed(2 * part - 1, 1), text: label === undefined ? "" : label ? "+" : "\u2212", kind: label !== undefined && label !== inside ? ["window"] : [],
               label: `${shown(part)}, row ${r}, column ${c}${label === undefined ? "" : `, trained as ${label ? "inside" : "outside"}`}` };
    }), null);
    this.maps[5].figure.classList.toggle("unnumbered", true);
    const written = [["training", ""], ["validation", "validation_"]].map(([name, key]) =>
      `${name} loss ${result[`${key}loss`].toFixed(2)}, accuracy ${Math.round(100 * result[`${key}accuracy`])} %`);
    this.legend.textContent = `${written[0]} (whole line); ${written[1]} (broken line)`;
    this.say(`After ${settings.step} steps: ${written.join("; ")}.`);
  }

  #go(by) {
    const step = this.sound.step + by;
    if (step < 0 || step > TASKS[this.sound.task].most || "error" in this.result) return false;
    this.change({ step });
    return true;
  }
}

define("course-descent", CourseDescent);
