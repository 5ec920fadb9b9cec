// What is done to planes of numbers, as OpenCV does it. A plane is {data, height, width}, its numbers
// row by row; a mask holds 0 and 1. A canvas reduces pictures in its own way, so they are reduced here.

import { bounded, range, total } from "../lists.js";

export function plane(height, width, data = new Float32Array(height * width)) {
  return { data, height, width };
}

/** To the next whole number; a half to the even one, as Python does. */
export function rounded(value) {
  const near = Math.round(value);
  return near - value === 0.5 && near % 2 !== 0 ? near - 1 : near;
}

/** Reduce or enlarge; `areas` takes the mean over what a pixel covers, else values lie on straight lines. */
export function resized({ data, height, width }, [high, wide], areas) {
  const share = areas ? covered : between;
  const across = plane(height, wide);
  share(width, wide).forEach(([places, parts], column) => {
    for (let row = 0; row < height; row += 1) {
      let sum = 0;
      for (let at = 0; at < parts.length; at += 1) sum += parts[at] * data[row * width + places[at]];
      across.data[row * wide + column] = sum;
    }
  });
  const out = plane(high, wide);
  share(height, high).forEach(([places, parts], row) => {
    for (let column = 0; column < wide; column += 1) {
      let sum = 0;
      for (let at = 0; at < parts.length; at += 1) sum += parts[at] * across.data[places[at] * wide + column];
      out.data[row * wide + column] = sum;
    }
  });
  return out;
}

/** For each new pixel along an axis: the old ones that it covers, and which part of it each makes. */
function covered(old, size) {
  const step = old / size;
  return range(size).map((at) => {
    const [start, end] = [at * step, Math.min((at + 1) * step, old)];
    const first = Math.floor(start + 1e-9);
    const places = range(Math.max(1, Math.ceil(end - 1e-9) - first)).map((more) => first + more);
    const parts = places.map((one) => Math.min(one + 1, end) - Math.max(one, start));
    const all = total(parts);
    return [places, parts.map((part) => part / all)];
  });
}

function between(old, size) {
  return range(size).map((at) => {
    const middle = bounded((at + 0.5) * old / size - 0.5, 0, old - 1);
    const first = Math.floor(middle);
    return [[first, Math.min(first + 1, old - 1)], [1 - middle + first, middle - first]];
  });
}

/** Weigh each pixel's neighbours along both axes; beyond the border the picture is mirrored. */
export function filtered(image, weights) {
  const reach = weights.length >> 1;
  const mirrored = (at, length) => {
    while (at < 0 || at >= length) at = at < 0 ? -at : 2 * length - 2 - at;
    return length === 1 ? 0 : at;
  };
  const along = ({ data, height, width }) => { // the rows, and turned, so that twice is both axes
    const out = plane(width, height);
    for (let column = 0; column < width; column += 1) {
      const places = weights.map((_, at) => (width === 1 ? 0 : mirrored(column + at - reach, width)));
      for (let row = 0; row < height; row += 1) {
        let sum = 0;
        for (let at = 0; at < weights.length; at += 1) sum += weights[at] * data[row * width + places[at]];
        out.data[column * height + row] = sum;
      }
    }
    return out;
  };
  return along(along(image));
}

export function gaussian(image, sigma) {
  const reach = (Math.round(8 * sigma + 1) | 1) >> 1;
  const bells = range(2 * reach + 1).map((at) => Math.exp(-((at - reach) ** 2) / (2 * sigma * sigma)));
  const all = total(bells);
  return filtered(image, bells.map((one) => one / all));
}

export function boxed(image, size) {
  return filtered(image, Array(size).fill(1 / size));
}

/** The median of the square around each pixel, of whole levels from 0 to 255; the border goes on outside.
 *  From pixel to pixel one column leaves the square and one comes in (T. Huang et al., 1979). */
export function median({ data, height, width }, size) {
  const out = plane(height, width);
  const reach = size >> 1;
  const half = (size * size) >> 1;
  const inside = (at, length) => bounded(at, 0, length - 1);
  const columns = range(width).map((column) => Uint8Array.from(
    { length: height + size }, (__, row) => data[inside(row - reach, height) * width + column]));
  const counts = new Int32Array(256);
  for (let row = 0; row < height; row += 1) {
    counts.fill(0);
    let [middle, below] = [0, 0];
    for (let at = -reach; at <= reach; at += 1) {
      const come = columns[inside(at, width)];
      for (let line = row; line < row + size; line += 1) counts[come[line]] += 1;
    }
    for (let column = 0; column < width; column += 1) {
      const [gone, come] = [columns[inside(column - reach - 1, width)], columns[inside(column + reach, width)]];
      if (column && gone !== come) below += exchanged(counts, gone, come, row, row + size, middle);
      while (below > half) { middle -= 1; below -= counts[middle]; }
      while (below + counts[middle] <= half) { below += counts[middle]; middle += 1; }
      out.data[row * width + column] = middle;
    }
  }
  return out;
}

function exchanged(counts, gone, come, start, end, middle) {
  let more = 0;
  for (let line = start; line < end; line += 1) {
    const [old, fresh] = [gone[line], come[line]];
    if (old === fresh) continue;
    counts[old] -= 1;
    counts[fresh] += 1;
    more += (fresh < middle) - (old < middle);
  }
  return more;
}

/** Pieces of a mask that hang together, also by corners: their number in each pixel from 1 on, and
 *  {left, top, width, height, area} of each. */
export function piecesOf({ data, height, width }) {
  const labels = new Int32Array(data.length);
  const pieces = [];
  for (let start = 0; start < data.length; start += 1) {
    if (!data[start] || labels[start]) continue;
    const [piece, stack] = [{ left: width, right: 0, top: height, bottom: 0, area: 0 }, [start]];
    labels[start] = pieces.push(piece);
    while (stack.length) {
      const at = stack.pop();
      const [row, column] = [Math.floor(at / width), at % width];
      piece.left = Math.min(piece.left, column);
      piece.right = Math.max(piece.right, column);
      piece.top = Math.min(piece.top, row);
      piece.bottom = Math.max(piece.bottom, row);
      piece.area += 1;
      for (let r = Math.max(row - 1, 0); r <= Math.min(row + 1, height - 1); r += 1) {
        for (let c = Math.max(column - 1, 0); c <= Math.min(column + 1, width - 1); c += 1) {
          const next = r * width + c;
          if (data[next] && !labels[next]) {
            labels[next] = pieces.length;
            stack.push(next);
          }
        }
      }
    }
  }
  return { labels, pieces: pieces.map((one) => ({ ...one, width: one.right - one.left + 1, height: one.bottom - one.top + 1 })) };
}

/** The value that so large a part of the numbers lies below, on a straight line between two of them. */
export function quantile(numbers, part) {
  const sorted = Float32Array.from(numbers).sort();
  const at = part * (sorted.length - 1);
  const first = Math.floor(at);
  return sorted[first] + (at - first) * ((sorted[first + 1] ?? sorted[first]) - sorted[first]);
}
