// Losses over the steps of a training, as lines on a logarithmic scale.

import { shown } from "../grid.js";
import { vector } from "../html.js";

const [WIDE, HIGH, LEFT, BELOW] = [420, 180, 52, 22];
const LEAST = 1e-8; // what is drawn at the foot, 0 too

/** An empty picture for the curves. */
export function curves() {
  return vector("svg", { class: "curves", role: "img", viewBox: `0 0 ${WIDE} ${HIGH}` });
}

/** Draw lines [{name, values}], a value for every so many steps, up to the step `last`. */
export function drawCurves(svg, lines, every, last) {
  const put = (...what) => svg.append(vector(...what));
  svg.replaceChildren();
  const levels = lines.flatMap((line) => line.values).map((value) => Math.log10(Math.max(value, LEAST)));
  const [low, high] = [Math.floor(Math.min(...levels)), Math.max(Math.ceil(Math.max(...levels)), Math.floor(Math.min(...levels)) + 1)];
  const x = (place) => LEFT + ((WIDE - LEFT - 8) * place * every) / Math.max(last, 10);
  const y = (level) => 8 + ((HIGH - BELOW - 8) * (high - level)) / (high - low);
  for (let level = low; level <= high; level += Math.ceil((high - low) / 4)) {
    put("line", { class: "rule", x1: LEFT, x2: WIDE - 8, y1: y(level), y2: y(level) });
    put("text", { x: LEFT - 6, y: y(level) + 4, "text-anchor": "end" }, level < -3 ? `1e${level}` : String(10 ** level));
  }
  put("text", { x: LEFT, y: HIGH - 4 }, "step 0");
  put("text", { x: WIDE - 8, y: HIGH - 4, "text-anchor": "end" }, String(Math.max(last, 10)));
  let at = 0;
  lines.forEach(({ name, values }, number) => {
    const points = values.map((value) => `${x(at++).toFixed(1)},${y(Math.log10(Math.max(value, LEAST))).toFixed(1)}`);
    at = 0;
    put("polyline", { class: `curve line-${number}`, points: points.join(" ") });
  });
  svg.setAttribute("aria-label", lines.map(({ name, values }) =>
    `${name} from ${shown(values[0])} to ${values.at(-1).toPrecision(2)}`).join(", "));
}
