// Read a network that a reader brings: an archive of NumPy (.npz), which is a zip of arrays.

import { networkOf } from "./network.js";
import { Refused } from "../sizes.js";

const EXPORTED = "Export it in a notebook with helpers.networks.page.export(model, \"mine.npz\") and drop that file here.";

/** A network from the bytes of a file; a promise. Raises Refused where it is none that the page can read. */
export function networkFrom(name, bytes) {
  if (/\.(keras|h5|hdf5)$/i.test(name)) {
    return Promise.reject(new Refused(`${name} keeps its weights in HDF5, which this page does not read. ${EXPORTED}`));
  }
  return entriesOf(bytes).then((entries) => {
    const arrays = Object.fromEntries(Object.entries(entries).map(([key, one]) => [key.replace(/\.npy$/, ""), arrayOf(key, one)]));
    const plan = arrays.plan && new TextDecoder().decode(arrays.plan);
    if (!plan) throw new Refused(`${name} holds no plan of a network. ${EXPORTED}`);
    return networkOf(JSON.parse(plan), arrays);
  }).catch((problem) => {
    throw problem instanceof Refused ? problem : new Refused(`${name} could not be read: ${problem.message}. ${EXPORTED}`);
  });
}

/** The files in a zip by name, unpacked; its directory stands at the end. */
const entriesOf = async (bytes) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < 0) throw new Refused(`This file is no archive of NumPy. ${EXPORTED}`);
  const entries = {};
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    const [method, packed, names, more, note, start] = [[10, 2], [20, 4], [28, 2], [30, 2], [32, 2], [42, 4]].map(
      ([offset, size]) => (size === 2 ? view.getUint16(at + offset, true) : view.getUint32(at + offset, true)));
    const key = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + names));
    const body = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
    const raw = bytes.subarray(body, body + packed);
    entries[key] = method ? new Uint8Array(await new Response(
      new Blob([raw]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).arrayBuffer()) : raw;
    at += 46 + names + more + note;
  }
  return entries;
};

/** The numbers of an array, row by row: float32, or bytes. */
function arrayOf(key, bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = bytes[6] > 1;
  const start = (wide ? 12 : 10) + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  const head = new TextDecoder().decode(bytes.subarray(0, start));
  const body = bytes.slice(start); // of its own, so that four bytes lie where a number may begin
  if (/'fortran_order': False/.test(head) && /'<f4'/.test(head)) return new Float32Array(body.buffer);
  if (/'\|u1'/.test(head)) return body;
  throw new Refused(`${key} holds no float32 numbers row by row. ${EXPORTED}`);
}
