// One map of a network and one cell of it: the numbers, the kernel, the products, their sum.

import { bounded, table } from "../../arithmetic/lists.js";
import { figures } from "./figures.js";
import { make } from "../html.js";
import { NumberGrid, signed } from "../grid.js";
import { Sheet } from "./sheet.js";
import { written } from "./formula.js";

const ACROSS = 16; // kernels beside each other

export class CellView {
  /** `onCell({row, column})` and `onCell({from})` are told what the reader points at. */
  constructor(onCell, closing) {
    this.map = new NumberGrid("Map", (row, column) => onCell({ row, column }));
    this.kernels = new Sheet("Weights", (from) => onCell({ from }), ACROSS);
    this.tables = ["window", "weights", "products"].map((name) => new NumberGrid(name, () => {}));
    this.lines = make("div");
    this.part = make("div", {}, closing, make("div", { class: "maps" }, this.map.figure, this.kernels.figure,
                     make("div", { class: "maps" }, ...this.tables.map((one) => one.figure))), this.lines);
  }

  /** The channel and, where a cell is pointed at, its formula; returns what is said of it. */
  draw({ layers, input }, { maps, behind }, { layer: number, channel, row, column, from }, most) {
    const layer = layers[number - 1];
    const [high, wide, channels] = layer.shape;
    this.map.figure.hidden = high * wide === 1;
    if (high * wide > 1) {
      this.map.caption.textContent = `${layer.name}, map ${channel + 1}, ${high} by ${wide}`;
      this.map.draw(table(high, wide, (r, c) => {
        const value = maps[number - 1][(r * wide + c) * channels + channel];
        return { ...signed(value, most), text: wide <= 16 ? short(value) : "", label: `${figures(value)}, row ${r}, column ${c}` };
      }), row === null ? null : [row, column]);
    }
    const sum = behind?.kind === "sum";
    const best = sum ? strongest(behind.terms) : 0;
    const before = number > 1 ? layers[number - 2].shape : input;
    const conv = layer.type === "Conv2D";
    const source = conv ? bounded(from ?? best, 0, before[2] - 1) : behind?.terms[0]?.channel;
    this.kernels.figure.hidden = !conv || before[2] === 1;
    if (conv) {
      const [rows, columns] = layer.kernel_size;
      const weights = Float32Array.from({ length: rows * columns * before[2] }, (_, at) => layer.kernel[at * channels + channel]);
      this.kernels.caption.textContent = `Weights of map ${channel + 1}, a kernel for each map before`;
      this.kernels.draw(weights, [rows, columns, before[2]], weights.reduce((one, other) => Math.max(one, Math.abs(other)), 0), source);
    }
    this.tables.forEach((one) => { one.figure.hidden = !(conv && behind); });
    if (conv && behind) this.#drawProducts(layer, behind.terms.filter((one) => one.channel === source), source);
    const lines = behind ? written(layer, behind, source) : ["Point at a cell of the map to see what it was computed from."];
    const place = high * wide > 1 && row !== null ? `${layer.name}, map ${channel + 1}, row ${row}, column ${column}` : `${layer.name}, map ${channel + 1}`;
    this.lines.replaceChildren(make("p", { class: "formula" }, `${place}:`), ...lines.map((one) => make("p", { class: "formula sum" }, one)));
    return behind ? `${place} is ${figures(behind.value)}. ${lines.at(-1)}.` : `${place}.`;
  }

  #drawProducts({ kernel_size: [rows, columns] }, terms, source) {
    ["value", "weight", "product"].forEach((name, at) => {
      const grid = this.tables[at];
      const most = Math.max(...terms.map((one) => Math.abs(one[name])));
      grid.caption.textContent = `${["Window", "Weights", "Products"][at]}, map ${source + 1}`;
      grid.draw(table(rows, columns, (u, v) => {
        const term = terms.find((one) => one.tap === u * columns + v);
        return term ? { ...signed(term[name], most), text: short(term[name]), label: `${figures(term[name])}, row ${u}, column ${v}` }
          : { kind: ["padding"], text: at === 1 ? "" : "0", label: "padding" };
      }), null);
    });
  }

}

/** The map before whose products add up to the most, either way. */
function strongest(terms) {
  const sums = new Map();
  terms.forEach(({ channel, product }) => sums.set(channel, (sums.get(channel) ?? 0) + product));
  return [...sums].reduce((best, one) => (Math.abs(one[1]) > Math.abs(best[1]) ? one : best), [0, 0])[0];
}

/** A number as a small cell has room for it. */
function short(value) {
  return (Math.round(value * 100) / 100).toString().replace("-", "\u2212").replace(/^(\u2212?)0\./, "$1.");
}
