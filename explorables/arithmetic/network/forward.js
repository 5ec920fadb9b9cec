// A trained network computes in plain loops: what Keras does with one picture, layer by layer.
//
// A map is a Float32Array in Keras' order, [row][column][channel]; a list of n numbers is a map of
// 1 by 1 by n. kernel.c does the slow layers faster; where it cannot run, these loops stand alone.

import { Refused, windowsAlong } from "../sizes.js";

/** What each kind of layer needs: its weights, the size of its output, and how it computes. */
export const LAYERS = {
  Conv2D: { weights: ["kernel", "bias"], shape: windowed, run: convolution },
  DepthwiseConv2D: { weights: ["kernel", "bias"], shape: windowed, run: depthwise },
  MaxPooling2D: { shape: windowed, run: pooling },
  AveragePooling2D: { shape: windowed, run: pooling },
  GlobalAveragePooling2D: { shape: (layer, [, , channels]) => [1, 1, channels], run: overall },
  Flatten: { shape: (layer, [high, wide, channels]) => [1, 1, high * wide * channels], run: copied },
  Dense: { weights: ["kernel", "bias"], shape: flatOnly, run: dense },
  BatchNormalization: { weights: ["gamma", "beta", "moving_mean", "moving_variance"], shape: alike, run: normalised },
  Rescaling: { shape: alike, run: each((value, { scale, offset }) => value * scale + offset) },
  ReLU: { shape: alike, run: each((value) => Math.max(value, 0)) },
  Softmax: { shape: alike, run: copied, activation: "softmax" },
  Activation: { shape: alike, run: copied },
  Dropout: { shape: alike, run: copied },
};

/** What may follow the sum of a layer. A softmax runs over the channels of each cell. */
export const ACTIVATIONS = {
  linear: () => {},
  relu: (out) => { for (let at = 0; at < out.length; at += 1) if (out[at] < 0) out[at] = 0; },
  sigmoid: (out) => out.forEach((value, at) => { out[at] = 1 / (1 + Math.exp(-value)); }),
  tanh: (out) => out.forEach((value, at) => { out[at] = Math.tanh(value); }),
  softmax: (out, channels) => {
    for (let start = 0; start < out.length; start += channels) {
      const cell = out.subarray(start, start + channels);
      const most = cell.reduce((one, other) => Math.max(one, other), -Infinity);
      const total = cell.reduce((sum, value) => sum + Math.exp(value - most), 0);
      cell.forEach((value, at) => { cell[at] = Math.exp(value - most) / total; });
    }
  },
};

/** Put a picture, rows x columns x channels numbers, through a network; `out` of each layer is filled.
 *  Returns the maps of all layers; they are written over by the next picture. */
export function forward(network, picture) {
  let map = picture;
  let shape = network.input;
  for (const layer of network.layers) {
    if (layer.fast) layer.fast(map);
    else LAYERS[layer.type].run(layer, map, shape, layer.out);
    if (!layer.fast || layer.activation !== "relu") ACTIVATIONS[layer.activation](layer.out, layer.shape[2]);
    map = layer.out;
    shape = layer.shape;
  }
  return network.layers.map((layer) => layer.out);
}

function alike(layer, shape) {
  return shape;
}

function flatOnly({ units }, [high, wide]) {
  if (high * wide !== 1) throw new Refused("a Dense layer wants Flatten or GlobalAveragePooling2D before it");
  return [1, 1, units];
}

function windowed(layer, [high, wide, channels]) {
  const size = layer.kernel_size ?? layer.pool_size;
  const dilation = layer.dilation_rate ?? [1, 1];
  layer.axes = [high, wide].map((length, axis) => windowsAlong(
    length, size[axis], layer.strides[axis], layer.padding, dilation[axis]));
  layer.taps = size[0] * size[1];
  layer.places = placesOf(layer, [high, wide]);
  const filters = layer.type === "DepthwiseConv2D" ? channels * layer.depth_multiplier : layer.filters ?? channels;
  return [...layer.axes.map((axis) => axis.size), filters];
}

/** Which cell of the map lies under each weight of a window: [cell of the output][tap], by number,
 *  -1 where it is padding. */
function placesOf({ axes: [down, across], kernel_size, pool_size, dilation_rate = [1, 1] }, [high, wide]) {
  const [rows, columns] = kernel_size ?? pool_size;
  const places = new Int32Array(down.size * across.size * rows * columns);
  let at = 0;
  for (const top of down.starts) {
    for (const left of across.starts) {
      for (let tap = 0; tap < rows * columns; tap += 1, at += 1) {
        const y = top + Math.floor(tap / columns) * dilation_rate[0];
        const x = left + (tap % columns) * dilation_rate[1];
        places[at] = y >= 0 && y < high && x >= 0 && x < wide ? y * wide + x : -1;
      }
    }
  }
  return places;
}

function convolution({ kernel, bias, filters, places, taps }, map, [, , channels], out) {
  const sums = new Float64Array(filters);
  for (let cell = 0; cell < out.length / filters; cell += 1) {
    sums.set(bias);
    for (let tap = 0; tap < taps; tap += 1) {
      const place = places[cell * taps + tap];
      if (place < 0) continue; // padding adds nothing
      for (let channel = 0; channel < channels; channel += 1) {
        const value = map[place * channels + channel];
        if (value === 0) continue; // half of a map is 0 after ReLU
        const from = (tap * channels + channel) * filters; // kernel [tap][channel][filter]
        for (let filter = 0; filter < filters; filter += 1) sums[filter] += value * kernel[from + filter];
      }
    }
    out.set(sums, cell * filters);
  }
}

function depthwise({ kernel, bias, depth_multiplier: times, places, taps }, map, [, , channels], out) {
  const filters = channels * times;
  for (let at = 0; at < out.length; at += 1) {
    const [cell, filter] = [Math.floor(at / filters), at % filters];
    let sum = bias[filter];
    for (let tap = 0; tap < taps; tap += 1) {
      const place = places[cell * taps + tap];
      if (place >= 0) sum += map[place * channels + Math.floor(filter / times)] * kernel[tap * filters + filter];
    }
    out[at] = sum;
  }
}

function pooling({ type, places, taps }, map, [, , channels], out) {
  const largest = type === "MaxPooling2D";
  out.fill(largest ? -Infinity : 0);
  for (let cell = 0; cell < out.length / channels; cell += 1) {
    const to = cell * channels;
    let seen = 0;
    for (let tap = 0; tap < taps; tap += 1) {
      const place = places[cell * taps + tap];
      if (place < 0) continue; // what lies in the padding wins nothing and counts in no mean, as in Keras
      seen += 1;
      const from = place * channels;
      for (let channel = 0; channel < channels; channel += 1) {
        const value = map[from + channel];
        if (!largest) out[to + channel] += value;
        else if (value > out[to + channel]) out[to + channel] = value;
      }
    }
    if (!largest) for (let channel = 0; channel < channels; channel += 1) out[to + channel] /= seen;
  }
}

function overall(layer, map, [high, wide, channels], out) {
  out.fill(0);
  map.forEach((value, at) => { out[at % channels] += value / (high * wide); });
}

function dense({ kernel, bias, units }, map, shape, out) {
  const sums = Float64Array.from(bias);
  map.forEach((value, from) => {
    for (let unit = 0; unit < units; unit += 1) sums[unit] += value * kernel[from * units + unit];
  });
  out.set(sums);
}

function normalised({ gamma, beta, moving_mean: mean, moving_variance: variance, epsilon }, map, [, , channels], out) {
  map.forEach((value, at) => {
    const c = at % channels;
    out[at] = gamma[c] * (value - mean[c]) / Math.sqrt(variance[c] + epsilon) + beta[c];
  });
}

function copied(layer, map, shape, out) {
  out.set(map);
}

function each(change) {
  return (layer, map, shape, out) => map.forEach((value, at) => { out[at] = change(value, layer); });
}
