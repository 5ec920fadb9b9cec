// A small training: dense layers learn which cells of a square lie in a disc, from a few of them.
//
// Two hidden layers with ReLU, before it batch normalisation if it is asked for, dropout behind the
// second; cross-entropy of one sigmoid; plain gradient descent in batches.

import { mean, range, total } from "./lists.js";
import { normal, randomFrom, shuffled } from "./random.js";

export const SIDE = 15; // cells of the square along an edge
const [UNITS, TRAINED, WRONG, BATCH] = [24, 40, 4, 20];
const EPSILON = 0.001; // as in Keras
const KEPT = 0.9; // share of the running means that a step keeps

const columns = (matrix) => range(matrix[0].length).map((c) => matrix.map((row) => row[c]));
const product = (a, b) => a.map((row) => {
  const sums = Array(b[0].length).fill(0);
  for (let at = 0; at < row.length; at += 1) for (let c = 0; c < sums.length; c += 1) sums[c] += row[at] * b[at][c];
  return sums;
});

/** All cells: {inputs: [x, y], inside}, and of the trained ones {label}, a few of which are wrong. */
export function examples(seed) {
  const random = randomFrom(seed);
  const half = (SIDE - 1) / 2;
  const cells = range(SIDE * SIDE).map((cell) => {
    const inputs = [(cell % SIDE) / half - 1, Math.floor(cell / SIDE) / half - 1];
    return { inputs, inside: Number(Math.hypot(...inputs) < 0.7) };
  });
  shuffled(cells, random).slice(0, TRAINED).forEach((cell, number) => {
    cell.label = number < WRONG ? 1 - cell.inside : cell.inside;
  });
  return cells;
}

/** The state before the first step. */
export function startNetwork({ seed }) {
  const cells = examples(seed);
  const random = randomFrom(seed + 1);
  const layers = [[2, UNITS], [UNITS, UNITS], [UNITS, 1]].map(([ins, outs]) => ({
    weights: range(ins).map(() => range(outs).map(() => normal(random) * Math.sqrt(2 / ins))),
    bias: Array(outs).fill(0), gamma: Array(outs).fill(1), beta: Array(outs).fill(0),
    mean: Array(outs).fill(0), variance: Array(outs).fill(1) }));
  return { layers, cells, random, queue: [] };
}

/** What the layers answer: logits, and on the way what the backward pass needs. */
export function forward(layers, inputs, { batch_normalization, dropout, random = null }) {
  const passed = [];
  let now = inputs;
  layers.forEach((layer, depth) => {
    const hidden = depth < layers.length - 1;
    const one = { inputs: now };
    now = product(now, layer.weights).map((row) => row.map((value, unit) => value + layer.bias[unit]));
    if (hidden && batch_normalization) {
      const units = columns(now);
      one.mean = random ? units.map(mean) : layer.mean;
      one.variance = random ? units.map((unit, u) => mean(unit.map((value) => (value - one.mean[u]) ** 2))) : layer.variance;
      one.normal = now.map((row) => row.map((value, u) => (value - one.mean[u]) / Math.sqrt(one.variance[u] + EPSILON)));
      now = one.normal.map((row) => row.map((value, u) => layer.gamma[u] * value + layer.beta[u]));
    }
    if (hidden) {
      const drops = random && depth === 1 && dropout > 0;
      one.gate = now.map((row) => row.map((value) => (value > 0 ? (drops ? (random() < dropout ? 0 : 1 / (1 - dropout)) : 1) : 0)));
      now = now.map((row, r) => row.map((value, u) => value * one.gate[r][u]));
    }
    passed.push(one);
  });
  return { logits: now.map(([logit]) => logit), passed };
}

/** The mean cross-entropy, and its derivatives by the logits. */
export function lossOf(logits, labels) {
  const loss = mean(logits.map((logit, n) => Math.max(logit, 0) - logit * labels[n] + Math.log1p(Math.exp(-Math.abs(logit)))));
  return { loss, errors: logits.map((logit, n) => [(1 / (1 + Math.exp(-logit)) - labels[n]) / logits.length]) };
}

/** The gradients of all layers, from the last one back. */
export function backward(layers, passed, errors) {
  const sums = (matrix) => columns(matrix).map(total);
  let now = errors;
  return layers.map((layer, depth) => [layer, passed[depth]]).reverse().map(([layer, { inputs, gate, normal: normed, variance }]) => {
    const found = {};
    if (gate) now = now.map((row, r) => row.map((value, u) => value * gate[r][u]));
    if (normed) {
      found.beta = sums(now);
      found.gamma = sums(now.map((row, r) => row.map((value, u) => value * normed[r][u])));
      // Mean and variance hang on all examples of the batch, so each example hears of the others.
      now = now.map((row, r) => row.map((value, u) => layer.gamma[u] / Math.sqrt(variance[u] + EPSILON) *
        (value - (found.beta[u] + normed[r][u] * found.gamma[u]) / now.length)));
    }
    found.weights = product(columns(inputs), now);
    found.bias = sums(now);
    now = product(now, columns(layer.weights));
    return found;
  }).reverse();
}

/** One step with the next batch; the queue is filled anew when every trained cell has been used. */
export function stepNetwork(settings, { layers, cells, random, queue }) {
  const rest = queue.length ? queue : shuffled(cells.filter((cell) => cell.label !== undefined), random);
  const batch = rest.slice(0, BATCH);
  const { logits, passed } = forward(layers, batch.map((cell) => cell.inputs), { ...settings, random });
  const { errors } = lossOf(logits, batch.map((cell) => cell.label));
  const gradients = backward(layers, passed, errors);
  const moved = (value, by) => (Array.isArray(value) ? value.map((one, at) => moved(one, by[at])) : value - settings.learning_rate * by);
  const next = layers.map((layer, depth) => {
    const changed = Object.entries(gradients[depth]).map(([name, by]) => [name, moved(layer[name], by)]);
    const { mean: seen, variance } = passed[depth];
    const running = (old, now) => (now ? old.map((one, u) => KEPT * one + (1 - KEPT) * now[u]) : old);
    return { ...layer, ...Object.fromEntries(changed), mean: running(layer.mean, seen), variance: running(layer.variance, variance) };
  });
  return { layers: next, cells, random, queue: rest.slice(BATCH) };
}

/** How the network stands, as it is in use: {loss, accuracy, validation_loss, ..., probabilities}. */
export function judged(settings, { layers, cells }) {
  const { logits } = forward(layers, cells.map((cell) => cell.inputs), settings);
  const over = (trained) => {
    const those = range(cells.length).filter((n) => (cells[n].label !== undefined) === trained);
    const labels = those.map((n) => cells[n].label ?? cells[n].inside);
    return [lossOf(those.map((n) => logits[n]), labels).loss, mean(those.map((n, at) => Number((logits[n] > 0) === (labels[at] > 0))))];
  };
  const [[loss, accuracy], [validation_loss, validation_accuracy]] = [over(true), over(false)];
  return { loss, accuracy, validation_loss, validation_accuracy,
           probabilities: logits.map((logit) => 1 / (1 + Math.exp(-logit))) };
}
