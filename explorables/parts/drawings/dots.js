// Layers as rows of dots along one axis, the input below, with a line from each dot to what it sees.

import { bounded } from "../../arithmetic/lists.js";
import { vector } from "../html.js";
import { tapsFrom } from "../../arithmetic/sizes.js";

const [WIDE, ROW] = [640, 46];

/** Draw the chain along an axis. `seen` says for each map which dots count; `onDot(layer, place)`. */
export function drawDots(svg, layers, input, axis, seen, onDot) {
  const height = ROW * (layers.length + 1);
  svg.setAttribute("viewBox", `0 0 ${WIDE} ${height}`);
  svg.replaceChildren();
  const lengths = [input[axis], ...layers.map((layer) => layer.size[axis])];
  const step = (WIDE - 20) / Math.max(...lengths);
  const at = (map, place) => {
    // A dot stands over the middle of what it sees, as far as the picture is wide.
    let centre = place;
    for (let number = map - 1; number >= 0; number -= 1) {
      const { strides, axes, dilation, kernel } = layers[number];
      centre = centre * strides[axis] - axes[axis].padding[0] + dilation[axis] * (kernel[axis] - 1) / 2;
    }
    return [10 + step * (bounded(centre, 0, input[axis] - 1) + 0.5), height - ROW * (map + 0.5)];
  };
  const marked = seen.map((places) => new Set(places));
  layers.forEach((layer, number) => seen[number + 1]?.forEach((place) => {
    tapsFrom(layer.axes[axis].starts[place], layer.kernel[axis], layer.dilation[axis])
      .filter((tap) => tap >= 0 && tap < lengths[number])
      .forEach((tap) => {
        const [[x1, y1], [x2, y2]] = [at(number + 1, place), at(number, tap)];
        svg.append(vector("line", { x1, y1, x2, y2, class: "ray" }));
      });
  }));
  lengths.forEach((length, map) => {
    for (let place = 0; place < length; place += 1) {
      const [cx, cy] = at(map, place);
      const dot = vector("circle", { cx, cy, r: Math.min(7, step / 2.6), "data-at": `${map},${place}`,
                                     class: marked[map]?.has(place) ? "dot seen" : "dot" });
      if (map) dot.addEventListener("click", () => onDot(map, place));
      svg.append(dot);
    }
  });
}
