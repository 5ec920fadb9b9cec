// Pictures from a file or a camera, as planes with levels from 0 to 255. They never leave the page.

import { make } from "../html.js";
import { plane, resized } from "../../arithmetic/preparation/planes.js";

const LARGEST = 320; // pixels of a photo's longer side that are kept
const SIDE = 200; // pixels of the square that is cut out of a camera's picture
const EVERY = 100; // milliseconds from one picture of the camera to the next
const TROUBLE = {
  NotAllowedError: "The camera was refused; the pad works without.",
  NotFoundError: "There is no camera here; the pad works without.",
  NotReadableError: "Another program has the camera; the pad works without.",
};

/** The pixels of a picture in three planes, reduced by the mean over areas to at most `side`. */
function planesOf(source, [left, top, width, height], side) {
  const canvas = make("canvas", { width, height });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.fillStyle = "#fff"; // what is transparent lies on paper
  pen.fillRect(0, 0, width, height);
  pen.drawImage(source, left, top, width, height, 0, 0, width, height);
  const { data } = pen.getImageData(0, 0, width, height);
  const factor = Math.min(1, side / Math.max(width, height));
  return [0, 1, 2].map((colour) => {
    const whole = plane(height, width);
    for (let at = 0; at < whole.data.length; at += 1) whole.data[at] = data[4 * at + colour];
    const small = factor < 1 ? resized(whole, [height, width].map((one) => Math.max(1, Math.round(one * factor))), true) : whole;
    return { ...small, data: small.data.map(Math.round) };
  });
}

/** A photo from a file; a promise of its planes. */
export function photoOf(file) {
  return createImageBitmap(file).then((photo) => planesOf(photo, [0, 0, photo.width, photo.height], LARGEST));
}

/** The square in the middle of a picture of a camera, as one plane of grey. */
export function squareOf(source, width, height) {
  const side = Math.min(width, height);
  const [red, green, blue] = planesOf(source, [(width - side) >> 1, (height - side) >> 1, side, side], SIDE);
  return [{ ...red, data: red.data.map((value, at) => Math.round(0.299 * value + 0.587 * green.data[at] + 0.114 * blue.data[at])) }];
}

export class Camera {
  /** `onPicture(planes)` gets the square in the middle of each picture, `onEnd(sentence)` why there are no more. */
  constructor(onPicture, onEnd) {
    Object.assign(this, { onPicture, onEnd });
    this.video = make("video", { muted: true, playsinline: true });
    this.video.muted = true;
  }

  get on() {
    return Boolean(this.stream);
  }

  start() {
    if (!navigator.mediaDevices?.getUserMedia) {
      this.onEnd("A browser gives its camera only to pages from https or this computer's server; the pad works without.");
      return Promise.resolve();
    }
    return navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).then((stream) => {
      this.stream = stream;
      this.video.srcObject = stream;
      stream.getVideoTracks()[0].addEventListener("ended", () => this.stop("The camera is gone; the pad works without."));
      return this.video.play().then(() => this.#look());
    }).catch((problem) => this.stop(TROUBLE[problem.name] ?? `The camera could not be used: ${problem.message}`));
  }

  stop(sentence = "") {
    clearTimeout(this.timer);
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
    this.onEnd(sentence);
  }

  #look() {
    if (!this.on) return;
    const { videoWidth: width, videoHeight: height } = this.video;
    if (width) this.onPicture(squareOf(this.video, width, height));
    this.timer = setTimeout(() => this.#look(), EVERY);
  }
}
