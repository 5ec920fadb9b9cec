// <course-recogniser>: draw a digit, choose a photo or hold it before the camera; each step that brings
// it into MNIST's form is shown, and where no digit is, the network says so.

import { mean, range } from "./arithmetic/lists.js";
import { accelerated } from "./arithmetic/network/fast.js";
import { Bars, percent } from "./parts/network/sheet.js";
import { button, numberBox } from "./parts/controls.js";
import { Camera, photoOf } from "./parts/network/camera.js";
import { CourseElement, define, make } from "./parts/element.js";
import { awaited, exampleDigits, registered, whenNear } from "./parts/network/load.js";
import { fileBox } from "./parts/network/file.js";
import { forward } from "./arithmetic/network/forward.js";
import { inked, Pad } from "./parts/network/pad.js";
import { looks } from "./parts/network/look.js";
import { aNumber, orNull } from "./arithmetic/settings.js";
import { plane, resized } from "./arithmetic/preparation/planes.js";
import { Refused } from "./arithmetic/sizes.js";
import { STEPS, stepsOf } from "./arithmetic/preparation/form.js";
import { unpacked } from "./arithmetic/network/network.js";
import { withChannels } from "./arithmetic/convolve.js";

const SIDE = 160; // pixels of the pad
const PEN = 5; // pixels from the middle of a stroke to its edge
const LONGEST = 400; // rows or columns of a picture
const MOVING = 0.7; // the threshold for one picture of many, as in helpers.handwriting.webcam
const NONE = "no digit";
const NAMES = { light: "beside its paper", ink: "ink alone", thickness: "strokes mended", shape: "20 pixels high or wide", mass: "centred by mass" };

/** A picture with levels from 0 to 255, or from 0 to 1 where none is above. */
function aPicture(value, name) {
  const [rows, columns] = [value?.length, value?.[0]?.length];
  if (Math.max(rows, columns) > LONGEST) throw new Refused(`The ${name} must have at most ${LONGEST} rows and columns; it has ${rows} by ${columns}.`);
  withChannels(value, name);
  return value;
}

function aShare(value, name) {
  const share = aNumber(value, name);
  if (share < 0 || share > 1) throw new Refused(`The ${name} must be from 0 to 1; got ${share}.`);
  return share;
}

/** The planes of a picture, one for each colour. */
function planesFrom(image) {
  const colours = image[0][0].length ?? 1;
  const flat = range(colours === 3 ? 3 : 1).map((colour) => image.flatMap((row) => row.map((cell) => cell[colour] ?? cell)));
  const full = flat.some((one) => one.some((value) => value > 1)) ? 1 : 255;
  return flat.map((one) => plane(image.length, image[0].length, Float32Array.from(one, (value) => Math.round(value * full))));
}

const nestedPlane = ({ data, height, width }) => range(height).map((row) => Array.from(data.subarray(row * width, (row + 1) * width)));

const blank = () => Array.from({ length: SIDE }, () => Array(SIDE).fill(255));

/** A digit of MNIST as if it had been written on the pad. */
function onPaper(digit) {
  const size = 4 * digit.length;
  const large = resized(plane(digit.length, digit.length, digit.flat()), [size, size], false);
  const rim = (SIDE - size) >> 1;
  return blank().map((row, r) => row.map((paper, c) => {
    const [y, x] = [r - rim, c - rim];
    return y >= 0 && y < size && x >= 0 && x < size ? paper - Math.round(large.data[y * size + x]) : paper;
  }));
}

export class CourseRecogniser extends CourseElement {
  static looks = looks;
  static defaults = { image: null, threshold: null };

  static kinds = { image: orNull(aPicture), threshold: orNull(aShare) };

  #network = null;
  #trouble = "";
  #example = null;
  #seen = null; // what the camera sees, planes

  build(body) {
    this.pad = new Pad("Your digit", { onDraw: (line) => this.#draw(line), onPoint: () => this.redraw(), step: 4 });
    this.camera = new Camera((planes) => { this.#seen = planes; this.change({}); }, (sentence) => {
      this.#seen = null;
      this.#trouble = sentence;
      this.change({});
    });
    this.least = numberBox("least probability of an answer", { min: 0, max: 1, step: 0.01 }, (threshold) => this.change({ threshold }));
    this.onOff = button("Use the camera", () => (this.camera.on ? this.camera.stop() : this.camera.start()));
    const photo = fileBox("photo of one digit", "image/*", body, (file) => this.open(file));
    this.bars = new Bars("Probabilities", null);
    this.answer = make("p", { class: "answered", "aria-hidden": "true" }); // said to all who do not see
    this.steps = STEPS.map((name) => ({ name, canvas: make("canvas", { role: "img", "aria-label": NAMES[name] }) }));
    this.row = make("div", { class: "maps" }, ...this.steps.map(({ name, canvas }) =>
      make("figure", { class: "step grid" }, make("figcaption", {}, NAMES[name]), canvas)));
    body.append(this.controls(button("Clear", () => this.#stopped({ image: blank() })), this.onOff, photo, this.least.part),
                this.problem, make("div", { class: "maps" }, this.pad.figure, make("div", {}, this.bars.figure, this.answer)), this.row,
                make("p", { class: "aside" }, "Pictures stay in this page: nothing that you draw, choose or show is sent anywhere."));
    awaited(this);
    whenNear(this, () => Promise.all([registered("recogniser"), exampleDigits().catch(() => null)]).then(([plan, examples]) => {
      this.#network = accelerated(unpacked(plan));
      this.#example = examples && onPaper(examples[3]); // without, the pad is blank
      this.change({});
      this.here();
    }, (problem) => { this.#trouble = problem.message; this.change({}); }));
  }

  disconnectedCallback() {
    if (this.camera?.on) this.camera.stop();
  }

  reset() {
    if (this.camera.on) this.camera.stop();
    this.#trouble = "";
    super.reset();
  }

  /** Take a photo from a file; a promise. */
  open(file) {
    return photoOf(file).then((planes) => this.#stopped({ image: nestedPlane(planes[0]).map((row, r) => row.map(
      (_, c) => planes.map(({ data, width }) => data[r * width + c]))) }), () => {
      this.#trouble = `${file.name} is no picture that this browser can open.`;
      this.change({});
    });
  }

  get result() {
    const { maps, ...rest } = super.result;
    return maps ? { ...rest, maps: Object.fromEntries(Object.entries(maps).map(([name, one]) => [name, nestedPlane(one)])) } : rest;
  }

  #stopped(some) {
    if (this.camera.on) this.camera.stop();
    this.#trouble = "";
    this.change(some);
  }

  compute({ image, threshold }) {
    if (!this.#network) return {};
    const picture = this.#seen ?? planesFrom(image ?? this.#example ?? blank());
    const maps = stepsOf(picture);
    if (!maps) return { maps: {}, probabilities: null, answer: NONE };
    const probabilities = Array.from(forward(this.#network, maps.mass.data).at(-1));
    const most = Math.max(...probabilities);
    const least = threshold ?? (this.#seen ? MOVING : this.#network.threshold);
    return { maps, probabilities, answer: most >= least ? probabilities.indexOf(most) : NONE };
  }

  draw({ image, threshold }, { error = "", maps, probabilities, answer }) {
    this.problem.textContent = error || this.#trouble;
    this.onOff.textContent = this.camera.on ? "Stop the camera" : "Use the camera";
    this.least.set(threshold ?? (this.#seen ? MOVING : this.#network?.threshold ?? 0));
    const levels = this.#seen ? this.#seen.map(nestedPlane)[0] : image ?? this.#example ?? blank();
    const full = levels.flat(2).some((value) => value > 1) ? 255 : 1;
    this.pad.figure.firstChild.textContent = this.#seen ? "The camera's middle" : "Your digit";
    this.pad.draw(levels.map((row) => row.map((cell) => (cell.length ? mean(cell) : cell) / full)), {});
    const found = Boolean(maps?.mass);
    this.row.hidden = !found;
    if (found) this.steps.forEach(({ name, canvas }) => paint(canvas, maps[name]));
    const list = probabilities ?? Array(10).fill(0);
    this.bars.draw(list, [...list.keys()].map(String), answer, null);
    const best = list.indexOf(Math.max(...list));
    const words = !maps ? "" : !found ? "No digit: there is no ink." : answer === NONE
      ? `No digit: it would be a ${best}, with ${percent(list[best])}.` : `It reads ${answer}: ${percent(list[answer])}.`;
    this.answer.textContent = words;
    this.say(this.pad.where + words);
  }

  #draw(line) {
    const { image } = this.sound;
    const own = image && image.length === SIDE && image[0].length === SIDE && !image[0][0].length ? image : blank();
    this.#stopped({ image: inked(own, line, PEN, 255, true) });
  }
}

/** Light ink on dark ground, as MNIST's digits are. */
function paint(canvas, { data, height, width }) {
  Object.assign(canvas, { height, width });
  const image = new ImageData(width, height);
  data.forEach((value, at) => image.data.set([255 * value, 255 * value, 255 * value, 255], 4 * at));
  canvas.getContext("2d").putImageData(image, 0, 0);
}

define("course-recogniser", CourseRecogniser);
