// A file that the reader chooses, or drops anywhere on the explorable. It stays in the page.

import { make } from "../html.js";

/** A labelled box for a file of some kinds; `onFile` gets the file. */
export function fileBox(label, accept, body, onFile) {
  const box = make("input", { type: "file", accept });
  box.addEventListener("change", () => box.files[0] && onFile(box.files[0]));
  body.addEventListener("dragover", (event) => { event.preventDefault(); body.classList.add("dropped"); });
  body.addEventListener("dragleave", () => body.classList.remove("dropped"));
  body.addEventListener("drop", (event) => {
    event.preventDefault();
    body.classList.remove("dropped");
    if (event.dataTransfer.files[0]) onFile(event.dataTransfer.files[0]);
  });
  return make("label", {}, make("span", {}, label), box);
}
