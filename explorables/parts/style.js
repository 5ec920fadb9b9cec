// The look of all explorables. Colours of text and ground are the theme's, the book's or JupyterLab's;
// a window, a result and padding have the colours that they have in the figures.

export const styles = `
:host { display: block; margin: 1.5rem 0; }
:host([hidden]) { display: none; }
* { box-sizing: border-box; }
.explorable { --ground: var(--pst-color-surface, var(--jp-layout-color1, Canvas)); --line: var(--pst-color-border, var(--jp-border-color1, GrayText));
  --ink: var(--pst-color-text-base, var(--jp-ui-font-color1, CanvasText)); --page: var(--pst-color-background, var(--jp-layout-color0, Canvas));
  --muted: var(--pst-color-text-muted, var(--jp-ui-font-color2, GrayText)); --window: #d55e00; --result: #0072b2;
  border: 1px solid var(--line); border-radius: 0.5rem; color: var(--ink); font-size: 0.95rem;
  line-height: 1.4; padding: 0.75rem; }
.controls { align-items: end; display: flex; flex-wrap: wrap; gap: 0.5rem 0.9rem; }
fieldset { align-items: center; border: 0; display: flex; gap: 0.3rem; margin: 0; padding: 0; }
legend { padding: 0; }
label { display: inline-flex; flex-direction: column; }
[hidden] { display: none !important; }
.steps label { align-items: center; flex-direction: row; gap: 0.4rem; }
label.tick { align-items: center; flex-direction: row; gap: 0.4rem; min-height: 2rem; }
input, select, button { background: var(--page); border: 1px solid var(--muted);
  border-radius: 0.3rem; color: inherit; font: inherit; min-height: 2rem; padding: 0.1rem 0.45rem; }
input[type=number] { width: 3.6rem; }
.weights { display: grid; gap: 2px; grid-template-columns: repeat(var(--columns), 3.6rem); }
details > summary { cursor: pointer; min-height: 1.6rem; }
details .controls { margin: 0.4rem 0; }
input[type=checkbox] { height: 1.2rem; min-height: 0; width: 1.2rem; }
input[aria-invalid=true] { border-color: #d55e00; border-width: 2px; }
button { cursor: pointer; }
:focus-visible { outline: 3px solid #e69f00; outline-offset: 2px; }
.maps { align-items: start; display: flex; flex-wrap: wrap; gap: 1rem 1.5rem; margin: 0.9rem 0; }
.maps .maps { margin: 0; }
.maps > * { max-width: 100%; min-width: 0; }
.grid { margin: 0; max-width: 100%; min-width: 0; width: fit-content; }
.grid.small { --pitch: 0.85rem; }
.grid:has(.weights) { width: auto; }
.grid figcaption { font-weight: 600; margin-bottom: 0.3rem; white-space: nowrap; }
.grid.unnumbered { --pitch: 1.15rem; }
.cells { border-radius: 0.2rem; display: grid; gap: 1px; grid-template-columns: repeat(var(--columns), minmax(0, 1fr));
  max-width: 100%; width: calc(var(--columns) * var(--pitch, 2.3rem)); }
.draws .cells { touch-action: none; }
.small .cells { gap: 0; }
.cells [role=row] { display: contents; }
.cells [role=gridcell] { align-items: center; aspect-ratio: 1; border: 1px solid transparent; display: flex;
  font-size: clamp(0.55rem, calc(20rem / var(--columns) / 3.2), 0.95rem); font-variant-numeric: tabular-nums;
  justify-content: center; line-height: 1; overflow: hidden; }
.small:not(.unnumbered) [role=gridcell] { border-width: 0; font-size: 0; }
.padding { background: #fce8cc repeating-linear-gradient(45deg, #fce8cc 0 4px, #fff 4px 8px); color: #8a3b00; }
.plain { background: var(--page); border-color: var(--line) !important; }
.unread { text-decoration: line-through; }
.unread::after { content: "\\d7"; font-size: 1.3em; line-height: 0; position: absolute; }
.unmade { background: var(--ground); border: 1px dashed var(--line) !important; }
.window { box-shadow: inset 0 0 0 2px #fff, inset 0 0 0 4px var(--window); }
.feeds { box-shadow: inset 0 0 0 2px #fff, inset 0 0 0 4px var(--result); }
.small .plain { box-shadow: inset 0 0 0 0.5px var(--line); }
.small .unread { background: var(--muted); }
.small .unread::after { content: none; }
.small .window { box-shadow: inset 0 0 0 2px var(--window); }
.small .feeds { box-shadow: inset 0 0 0 2px var(--result); }
.lit { background: #e69f00; }
.dots { display: block; margin: 0.5rem 0; max-width: 40rem; width: 100%; }
.dot { cursor: pointer; fill: var(--ground); stroke: var(--muted); }
.dot.seen { fill: #e69f00; stroke: #8a3b00; }
.dot[data-at^="0,"] { cursor: default; }
.ray { stroke: #e69f00; }
.curves { display: block; max-width: 30rem; width: 100%; }
.curves text { fill: var(--ink); font-size: 12px; }
.rule { stroke: var(--line); }
.curve { fill: none; stroke: var(--result); stroke-width: 2.5; }
.line-1 { stroke: var(--window); stroke-dasharray: 7 4; }
.layers { margin: 0.6rem 0; padding-left: 1.4rem; }
.layers li { margin: 0.3rem 0; }
button:disabled { opacity: 0.45; }
.cursor { outline: 3px solid var(--result); outline-offset: -1px; z-index: 1; }
.cells:focus-visible .here { outline: 3px dotted var(--ink); outline-offset: -2px; z-index: 2; }
.steps { align-items: center; display: flex; flex-wrap: wrap; gap: 0.5rem; margin: 0.6rem 0; }
@media screen { .waiting .told, .waiting .said { display: none !important; } }
.ask p { margin: 0 0 0.4rem; }
[aria-pressed=true] { border-color: var(--result); box-shadow: inset 0 0 0 1px var(--result); }
.formula, .why { margin: 0.3rem 0; }
.why { font-size: 0.92em; }
.formula.refused { color: var(--pst-color-danger, #b00020); font-weight: 600; }
.said { margin: 0.5rem 0 0; min-height: 2.8em; }
.sum { font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
@media (max-width: 480px) { .explorable { padding: 0.5rem; } .maps { gap: 0.8rem; } }
@media (forced-colors: active) { .window { outline: 3px solid Highlight; outline-offset: -3px; } .cells [role=gridcell] { forced-color-adjust: none; } }
@media print { .controls, .steps, .layers, .ask, details { display: none; } .cells { print-color-adjust: exact; } }
`;
