// The looks of what a network shows, beside those of all explorables.

export const looks = `
.among { border-radius: 0.2rem; max-width: 100%; width: fit-content; }
.among canvas { cursor: pointer; display: block; image-rendering: pixelated; max-width: 100%; }
.pad { border: 1px solid var(--line); cursor: crosshair; display: block; height: auto; image-rendering: pixelated;
  max-width: 100%; touch-action: none; width: 17.5rem; }
.bar { align-items: center; cursor: pointer; display: grid; gap: 0.5rem; grid-template-columns: minmax(1.2rem, auto) 8rem 4rem; min-height: 1.7rem; }
.bar i { background: linear-gradient(var(--result), var(--result)) left / calc(100% * var(--part, 0)) 100% no-repeat; border: 1px solid var(--line); height: 1rem; }
.bar b { font-variant-numeric: tabular-nums; font-weight: 400; text-align: right; }
.bar.answer span, .bar.answer b { font-weight: 700; }
.bar.chosen { outline: 2px solid #e69f00; }
.answered { font-size: 1.2em; font-weight: 600; margin: 0.5rem 0; }
.explorable:has(.answered) .said { clip-path: inset(50%); height: 1px; min-height: 0; overflow: hidden; position: absolute; width: 1px; }
.dropped { outline: 3px dashed var(--result); outline-offset: 2px; }
.aside { color: var(--pst-color-text-muted, inherit); margin: 0.3rem 0; }
.step canvas, .view { border: 1px solid var(--line); display: block; image-rendering: pixelated; max-width: 100%; }
.view { width: 17.5rem; }
.step { margin: 0; }
.step canvas { width: 6.5rem; }
label:has(input[type=file]) { max-width: 100%; min-width: 0; }
input[type=number] { width: 5rem; }
input[type=file] { box-sizing: border-box; max-width: 100%; }
@media (forced-colors: active) { .bar i { forced-color-adjust: none; } .bar.chosen { outline-color: Highlight; } }
@media print { .among canvas, .pad, .bar i { print-color-adjust: exact; } }
:host([brief]) :is(.controls > label, .sheets, .aside, details) { display: none; }
:host([brief]) .pad { width: 10rem; }
:host([brief]) .bar { grid-template-columns: 1.2rem 4rem 3.4rem; min-height: 1.1rem; line-height: 1.1; }
:host([brief]) .bar i { height: 0.7rem; }
`;
