// <course-network>: draw a digit, and a trained network computes in the page: every map, the
// probabilities, and on any cell the arithmetic behind it.

import { range } from "./arithmetic/lists.js";
import { about, titled } from "./parts/network/formula.js";
import { accelerated } from "./arithmetic/network/fast.js";
import { behindCell } from "./arithmetic/network/behind.js";
import { aCellOfNetwork, aName, fieldOf, fullOf, insideNetwork, nested, PATCH, taken } from "./arithmetic/network/pictures.js";
import { Bars, Sheet, percent } from "./parts/network/sheet.js";
import { CellView } from "./parts/network/cell.js";
import { button, choice, tick } from "./parts/controls.js";
import { CourseElement, define, make } from "./parts/element.js";
import { figures } from "./parts/network/figures.js";
import { fileBox } from "./parts/network/file.js";
import { forward } from "./arithmetic/network/forward.js";
import { gradCam } from "./arithmetic/network/gradient.js";
import { inked, Pad } from "./parts/network/pad.js";
import { looks } from "./parts/network/look.js";
import { networkFrom } from "./arithmetic/network/archive.js";
import { awaited, exampleDigits, registered, whenNear } from "./parts/network/load.js";
import { OWN } from "./parts/reading.js";
import { Refused } from "./arithmetic/sizes.js";
import { aFlag, aPlace, aTable, oneOf, orNull } from "./arithmetic/settings.js";
import { unpacked } from "./arithmetic/network/network.js";

const PEN = 1.1; // pixels from the middle of a stroke to its edge
const MODES = { draw: "draw", erase: "erase", cover: "cover a patch" };

export class CourseNetwork extends CourseElement {
  static looks = looks;
  static defaults = { network: "reader", image: null, covered: null, attention: false, mode: "draw", cell: null };

  static kinds = { network: aName, image: orNull(aTable), covered: orNull(aPlace), attention: aFlag,
                   mode: oneOf(Object.keys(MODES)), cell: orNull(aCellOfNetwork) };

  #network = null;
  #named = null; // the name whose network is here or asked for
  #trouble = null; // why there is no network
  #complaint = ""; // about a file that is none
  #own = false; // whether the network is the reader's
  #digits = [];

  build(body) {
    this.pad = new Pad("Your digit", { onDraw: (line) => this.#draw(line), onPoint: (at) => this.#point(at) });
    this.bars = new Bars("Probabilities", (at) => this.#choose(this.#network.layers.length, at));
    this.modes = choice("pointer and keys", Object.entries(MODES), (mode) => this.change({ mode, covered: null }));
    this.example = choice("example", [["", OWN], ...range(10).map((digit) => [digit, `a ${digit}`])],
                          (digit) => digit && this.change({ image: this.#digits[digit] }));
    this.cam = tick("where it looks (Grad-CAM)", (attention) => this.change({ attention }));
    this.note = make("p", { class: "aside" });
    const file = fileBox("file", ".npz,.keras", body, (one) => this.open(one));
    this.sheets = make("div", { class: "maps sheets" });
    this.cell = new CellView((some) => this.change({ cell: { ...this.sound.cell, ...some } }),
                             button("Close the map", () => this.change({ cell: null })));
    this.first = make("div", { class: "maps" }, this.pad.figure, this.bars.figure);
    body.append(this.controls(this.modes.part, this.example.part, this.cam.part,
                              button("Clear", () => this.#network && this.change({ image: this.#blank(), covered: null }))),
                this.problem, this.first, this.sheets, this.cell.part, this.note,
                make("details", {}, make("summary", {}, "your own network"), make("p", {},
                  "Write it in a notebook with helpers.networks.page.export(model, \"mine.npz\") and choose or drop that file here. It stays in this page."), file));
    awaited(this);
    whenNear(this, () => this.#fetch(this.sound.network));
    exampleDigits().then((digits) => { this.#digits = digits; this.change({}); }, () => {}); // without, the pad is blank
  }

  /** Take a network from a file of helpers.networks.page.export; a promise. What is none leaves the old one. */
  open(file) {
    return file.arrayBuffer().then((buffer) => networkFrom(file.name, new Uint8Array(buffer))).then(
      (network) => this.#take(network, true), (problem) => {
        this.#complaint = problem.message;
        this.redraw();
      });
  }

  reset() {
    this.#complaint = "";
    if (this.#own) this.#named = null;
    super.reset();
  }

  get result() {
    const { maps, ...rest } = super.result;
    if (!maps) return rest;
    return { ...rest, maps: Object.fromEntries(this.#network.layers.map(({ name, shape }, at) => [name, nested(maps[at], shape)])) };
  }

  #fetch(name) {
    if (this.#named === name) return;
    this.#named = name;
    registered(name).then((plan) => name === this.#named && this.#take(unpacked(plan), false)).catch((problem) => {
      this.#trouble = problem.message;
      this.change({});
    });
  }

  #take(network, own) {
    const { image, cell } = this.sound;
    const fits = !image || (image.length === network.input[0] && image[0].length === network.input[1]);
    const other = this.#network && cell ? { cell: null } : {}; // the old one's cell
    [this.#own, this.#network, this.#trouble, this.#complaint] = [own, accelerated(network), null, ""];
    this.change({ ...other, ...(fits ? {} : { image: null }) });
    this.here();
  }

  #blank() {
    return Array.from({ length: this.#network.input[0] }, () => Array(this.#network.input[1]).fill(0));
  }

  /** The picture that is read: the reader's, or an example as long as there is none. */
  #picture(image) {
    const fits = String(this.#network.input.slice(0, 2)) === "28,28";
    return image ?? (fits && this.#digits[7] ? this.#digits[7] : this.#blank());
  }

  compute({ image, covered, attention, cell }) {
    if (this.#trouble) throw new Refused(this.#trouble);
    if (!this.#network) return {};
    const network = this.#network;
    const picture = this.#picture(image);
    const whole = covered ? Array.from(forward(network, taken(picture, network, null)).at(-1)) : null;
    const numbers = taken(picture, network, covered);
    const maps = forward(network, numbers).map((one) => one.slice()); // the next picture writes over them
    const probabilities = Array.from(maps.at(-1));
    const answer = probabilities.indexOf(Math.max(...probabilities));
    const at = cell && insideNetwork(network, cell);
    return { maps, probabilities, answer, label: network.labels[answer], ...(whole ? { uncovered: whole } : {}),
             ...(attention ? { attention: gradCam(network, maps, answer)?.heat ?? null } : {}),
             ...(at && at.row !== null ? { behind: behindCell(network, maps, numbers, { ...at, layer: at.layer - 1 }) } : {}) };
  }

  draw(settings, result) {
    this.modes.set(settings.mode);
    this.cam.set(settings.attention);
    this.problem.textContent = result.error ?? this.#complaint;
    const shown = this.#network && !("error" in result);
    if (this.#network) this.#fetch(settings.network);
    [this.first, this.sheets].forEach((part) => { part.hidden = !shown; });
    this.cell.part.hidden = !shown || !settings.cell;
    if (!shown) return this.say("error" in result ? "" : "The network is on its way.");
    const network = this.#network;
    const picture = this.#picture(settings.image);
    const lines = picture.map(String);
    const known = this.#digits.findIndex((one) => one.every((row, at) => String(row) === lines[at]));
    this.example.set(known < 0 ? "" : known);
    const cell = settings.cell && insideNetwork(network, settings.cell);
    this.#drawPad(settings, result, picture, cell);
    const told = ["softmax", "sigmoid"].includes(network.layers.at(-1).activation) ? percent : figures;
    this.bars.draw(result.probabilities, network.labels, result.answer, cell?.layer === network.layers.length ? cell.channel : null, told);
    this.#drawSheets(result.maps, cell);
    this.note.textContent = about(network);
    const said = cell ? this.cell.draw(network, result, cell, this.list[cell.layer - 1]?.full ?? 1) : null;
    const hidden = result.uncovered ? ` Without the patch ${result.label} had ${told(result.uncovered[result.answer])}.` : "";
    return this.say(this.pad.where + (said ?? `It reads ${result.label}: ${told(result.probabilities[result.answer])}.${hidden}`));
  }

  #drawPad({ covered }, { attention: heat }, picture, cell) {
    const full = fullOf(picture);
    const frames = [];
    if (covered) frames.push({ top: covered[0] - (PATCH >> 1), left: covered[1] - (PATCH >> 1), height: PATCH, width: PATCH, colour: "#d55e00" });
    if (cell && cell.row !== null) frames.push({ ...fieldOf(this.#network, cell), colour: "#56b4e9" });
    this.pad.draw(picture.map((row) => row.map((one) => (one[0] ?? one) / full)),
                  { frames, heat: heat && { values: heat, most: Math.max(...heat.flat()) } });
  }

  #drawSheets(maps, cell) {
    const { layers } = this.#network;
    const shown = layers.slice(0, -1);
    if (this.drawn !== layers) {
      this.drawn = layers;
      this.list = shown.map((layer, at) => new Sheet(titled(layer), (channel) => this.#choose(at + 1, channel)));
      this.sheets.replaceChildren(...this.list.map((one) => one.figure));
    }
    shown.forEach((layer, at) => {
      let most = 0;
      for (let number = 0; number < maps[at].length; number += 1) most = Math.max(most, Math.abs(maps[at][number]));
      this.list[at].draw(maps[at], layer.shape, most, cell?.layer === at + 1 ? cell.channel : null);
      this.list[at].full = most;
    });
  }

  #choose(layer, channel) {
    const { from, ...now } = this.sound.cell ?? {}; // another map has another kernel
    this.change({ cell: now.layer === layer ? { ...now, channel } : { layer, channel } });
  }

  #draw(line) {
    const { mode, image } = this.sound;
    if (!this.#network || mode === "cover") return;
    const picture = image ?? (mode === "erase" ? this.#picture(null) : this.#blank());
    const scale = 255 / fullOf(picture);
    const levels = picture.map((row) => row.map((one) => Math.round(scale * (one[0] ?? one))));
    this.change({ image: inked(levels, line, mode === "erase" ? 2 * PEN : PEN, 255, mode === "erase") });
  }

  #point(at) {
    this.change(this.sound.mode === "cover" && this.#network ? { covered: at } : {});
  }
}

define("course-network", CourseNetwork);
