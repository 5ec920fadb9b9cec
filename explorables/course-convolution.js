// <course-convolution>: the window over an image, products and sum written out, the output growing.

import { range } from "./arithmetic/lists.js";
import { choice, numberBox, pairBox, tick } from "./parts/controls.js";
import { prepared, underWindow, withChannels } from "./arithmetic/convolve.js";
import { CourseElement, define, make } from "./parts/element.js";
import { NumberGrid, extent, grey, shown, signed } from "./parts/grid.js";
import { KERNELS } from "./arithmetic/kernels.js";
import { PADDINGS, covering } from "./arithmetic/sizes.js";
import { aFlag, aNumber, aPadding, aPair, aPlace, aTable } from "./arithmetic/settings.js";
import { OWN, nameOf } from "./parts/reading.js";
import { Steps, inside, stepped } from "./parts/steps.js";
import { Weights } from "./parts/weights.js";
import { writtenOut } from "./parts/sums.js";

export class CourseConvolution extends CourseElement {
  static defaults = {
    image: [[1, 2, 0, 1], [0, 1, 3, 2], [2, 0, 1, 1], [1, 3, 2, 0]], kernel: [[1, 0], [0, -1]],
    bias: 0, strides: [1, 1], padding: "valid", dilation: [1, 1], flipped: false, cell: [0, 0] };

  static kinds = { image: aTable, kernel: aTable, bias: aNumber, strides: aPair, padding: aPadding,
                   dilation: aPair, flipped: aFlag, cell: aPlace };

  build(body) {
    const set = (name) => this.setting(name);
    this.boxes = {
      strides: pairBox("strides", { max: 5 }, set("strides")),
      dilation: pairBox("dilation", { max: 4 }, set("dilation")),
      padding: choice("padding", PADDINGS, set("padding")),
      bias: numberBox("bias", { min: -99, max: 99, step: "any" }, set("bias")),
      flipped: tick("turn the kernel (convolution of mathematics)", set("flipped")),
    };
    this.preset = choice("kernel", [OWN, ...Object.keys(KERNELS)], (name) => this.#takeKernel(name));
    this.value = numberBox("value of the marked cell", { min: -999, max: 999, step: "any" },
                           (value) => this.pointed && this.#write(...this.pointed, value));
    this.drawing = tick("draw with the pointer", (on) => {
      this.draws = on;
      this.grids.forEach((grid) => { grid.draws = on; });
    });
    this.pointed = null; // row, column, channel
    this.steps = new Steps((by) => this.#step(by), () => this.change({ cell: [0, 0] }));
    this.images = make("div", { class: "maps" });
    this.output = new NumberGrid("Output", (row, column) => this.change({ cell: [row, column] }));
    this.sum = make("p", { class: "sum told" });
    [this.steps.part, this.output.figure].forEach((part) => part.classList.add("told"));
    body.append(
      this.controls(this.preset.part, this.value.part, this.drawing.part),
      make("details", {}, make("summary", {}, "Padding, stride, dilation, bias"),
           make("div", { class: "controls" }, ...Object.values(this.boxes).map((one) => one.part))),
      this.problem, this.steps.part, make("div", { class: "maps" }, this.images, this.output.figure),
      this.sum);
  }

  compute(settings) {
    const ready = prepared(settings);
    const output = ready.rows.starts.map((_, r) => ready.columns.starts.map((_, c) => underWindow(ready, r, c).sum));
    const [row, column] = inside(settings.cell, sizeOf(output));
    const { window, products, sum } = underWindow(ready, row, column);
    return { output, window, products, sum };
  }

  draw(settings, result) {
    Object.entries(this.boxes).forEach(([name, box]) => box.set(settings[name]));
    if (this.refuses(result, this.images, this.output.figure, this.steps.part, this.sum)) return;
    const ready = prepared(settings);
    const cell = inside(settings.cell, sizeOf(result.output));
    const under = underWindow(ready, ...cell);
    this.#drawImages(ready, under);
    this.#drawOutput(result.output, cell);
    this.#drawKernels(settings);
    this.#writeOut(ready, under, cell);
    const [y, x, channel] = this.pointed ?? [];
    const marked = ready.image[y]?.[x]?.[channel];
    if (marked !== undefined) this.value.set(marked);
  }

  #drawImages(ready, under) {
    const { image, rows, columns } = ready;
    const [low, high] = extent(image.flat(2), 0, 1);
    this.#panels(image[0][0].length);
    const [top, left] = [rows.padding[0], columns.padding[0]];
    this.offset = [top, left];
    this.grids.forEach((grid, channel) => {
      const height = image.length + top + rows.padding[1];
      const width = image[0].length + left + columns.padding[1];
      grid.draw(range(height).map((r) => range(width).map((c) => {
        const [y, x] = [r - top, c - left];
        const real = image[y]?.[x] !== undefined;
        const seen = under.down.includes(y) && under.across.includes(x);
        const value = real ? image[y][x][channel] : 0;
        const look = real ? (low < 0 ? signed(value, Math.max(-low, high)) : grey(value, low, high)) : {};
        return { ...look, text: shown(value), kind: [real ? "pixel" : "padding", ...(seen ? ["window"] : [])],
                 label: `${shown(value)}, ${real ? `row ${y}, column ${x}` : "padding"}` };
      })), channel === this.pointed?.[2] ? [this.pointed[0] + top, this.pointed[1] + left] : null);
    });
  }

  /** One grid of pixels and one kernel of boxes for each channel, made anew when the channels change. */
  #panels(channels) {
    if (this.grids?.length === channels) return;
    const name = (kind, channel) => (channels === 1 ? kind : `${kind}, channel ${channel}`);
    this.grids = range(channels).map((channel) => new NumberGrid(name("Image", channel),
      (row, column) => this.#point(row - this.offset[0], column - this.offset[1], channel),
      { onPress: (row, column, first) => this.#press(row - this.offset[0], column - this.offset[1], channel, first),
        onDigit: (row, column, digit) => this.#write(row - this.offset[0], column - this.offset[1], channel, digit) }));
    this.kernels = range(channels).map((channel) => new Weights(
      name("Kernel", channel), (row, column, value) => this.#weigh(row, column, channel, value),
      channels === 1 ? "" : `channel ${channel}, `));
    this.grids.forEach((grid) => { grid.draws = Boolean(this.draws); });
    this.images.replaceChildren(...range(channels).flatMap((one) => [this.grids[one].figure, this.kernels[one].figure]));
  }

  #drawKernels({ kernel }) {
    const weights = withChannels(kernel, "kernel");
    this.kernels.forEach((one, channel) => one.draw(weights.map((row) => row.map((cell) => cell[channel]))));
    this.preset.set(nameOf(KERNELS, kernel));
  }

  #drawOutput(output, [row, column]) {
    const [low, high] = extent(output.flat(), 0, 0);
    const most = Math.max(-low, high);
    const made = row * output[0].length + column;
    this.output.caption.textContent = `Output, ${output.length} by ${output[0].length}`;
    this.output.draw(output.map((line, r) => line.map((value, c) => {
      if (r * line.length + c > made) return { kind: ["unmade"], label: `row ${r}, column ${c}, not made yet` };
      return { ...signed(value, most), text: shown(value), label: `${shown(value)}, row ${r}, column ${c}` };
    })), [row, column]);
  }

  #writeOut(ready, under, [row, column]) {
    this.sum.textContent = writtenOut(ready, under);
    this.say(`Output row ${row}, column ${column} is ${shown(under.sum)}; the window stands on rows ` +
             `${under.down.map(shown).join(", ")} and columns ${under.across.map(shown).join(", ")}.`);
  }

  #point(row, column, channel) {
    this.pointed = [row, column, channel];
    const { rows, columns, dilation, kernel } = prepared(this.sound);
    const cell = covering([rows, columns], [kernel.length, kernel[0].length], dilation, [row, column]);
    if (cell) this.change({ cell });
    this.redraw(); // for the mark, and the box of its value
  }

  #press(row, column, channel, first) {
    const image = withChannels(this.sound.image, "image");
    if (!this.draws || image[row]?.[column] === undefined) return;
    if (first) this.ink = image[row][column][channel] > 0 ? 0 : extent(image.flat(2), 0, 1)[1];
    this.#write(row, column, channel, this.ink);
  }

  #write(row, column, channel, value) {
    const image = withChannels(this.sound.image, "image");
    if (image[row]?.[column] === undefined) return;
    image[row][column][channel] = value;
    this.change({ image });
  }

  #weigh(row, column, channel, value) {
    const kernel = withChannels(this.sound.kernel, "kernel");
    kernel[row][column][channel] = value;
    this.change({ kernel: kernel[0][0].length === 1 ? kernel.map((line) => line.map(([one]) => one)) : kernel });
  }

  #takeKernel(name) {
    if (!(name in KERNELS)) return;
    const channels = withChannels(this.sound.image, "image")[0][0].length;
    const kernel = KERNELS[name];
    this.change({ kernel: channels === 1 ? kernel
      : kernel.map((row) => row.map((one) => Array(channels).fill(one))) });
  }

  #step(by) {
    const { output } = this.result;
    const cell = output && stepped(this.sound.cell, sizeOf(output), by);
    if (cell) this.change({ cell });
    return Boolean(cell);
  }
}

const sizeOf = (output) => [output.length, output[0].length];

define("course-convolution", CourseConvolution);
