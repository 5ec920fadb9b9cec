// What a reader does with a page: scroll a long formula, copy code and formulas, print.
(() => {
  // A formula that is wider than its line scrolls, and is a tab stop only while it does.
  const mark = (box, wide, label, more) => {
    for (const [name, value] of Object.entries({ role: "group", "aria-label": label, ...more })) {
      if (wide) box.setAttribute(name, value); else box.removeAttribute(name);
    }
  };
  // All are measured before one is changed: the page is laid out once, not once for each.
  const lines = new ResizeObserver((entries) => {
    const widths = entries.map(({ target }) => Math.max(0, ...[...target.children].map((one) => one.getBoundingClientRect().width)));
    const wide = entries.map(({ target }, at) => widths[at] > target.clientWidth + 1 && target.clientWidth > 0);
    entries.forEach(({ target }, at) => {
      target.classList.toggle("wide-formula", wide[at]);
      mark(target, wide[at], "A formula wider than its line", { tabindex: "0" });
    });
  });
  document.querySelectorAll("article :is(span.math, .formula)").forEach((one) => lines.observe(one));

  // So do other boxes, which the theme's script would measure one by one, and name none.
  const named = { pre: "Code wider than the page", ".pst-scrollable-table-container": "A table wider than the page" };
  const scrolling = `article :is(${Object.keys(named)}, .cell_output > .output)`;
  const look = (box, wide, tall) => {
    if (wide !== !!box.ariaLabel) mark(box, wide, box.closest(".cell_output") ? "Output wider than the page" : named[box.localName] ?? named[".pst-scrollable-table-container"]);
    if (wide || tall) box.tabIndex = 0; else box.removeAttribute("tabindex");
  };
  const boxes = new ResizeObserver((entries) => {
    const seen = [...new Set(entries.map(({ target }) => target.closest(scrolling)))];
    const sizes = seen.map((box) => [box.scrollWidth > box.clientWidth + 1, box.scrollHeight > box.clientHeight + 1]); // a pixel is rounding, and no tab stop
    seen.forEach((box, at) => look(box, ...sizes[at]));
  });
  document.querySelectorAll(scrolling).forEach((one) => {
    boxes.observe(one);
    if (one.matches(".text_html")) [...one.children].forEach((inner) => boxes.observe(inner)); // grows later
  });

  // Formulas within a selection are copied as TeX.
  document.addEventListener("copy", (event) => {
    const selection = getSelection();
    if (!selection.rangeCount || !event.clipboardData) return;
    const copied = document.createElement("div");
    copied.append(selection.getRangeAt(0).cloneContents());
    if (!copied.querySelector("annotation")) return;
    copied.querySelectorAll("math").forEach((formula) => {
      const sign = formula.getAttribute("display") === "block" ? "$$" : "$";
      formula.replaceWith(`${sign}${formula.querySelector("annotation")?.textContent ?? formula.textContent}${sign}`);
    });
    copied.className = "being-copied"; // line breaks are where the page has them
    document.body.append(copied);
    event.clipboardData.setData("text/plain", copied.innerText);
    copied.remove();
    event.preventDefault();
  });

  // Code is copied by a button.
  const write = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const field = document.createElement("textarea"); // an address without encryption
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    return undefined;
  };
  document.querySelectorAll("div.highlight pre").forEach((code) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copybtn";
    button.setAttribute("aria-label", "Copy this code");
    button.addEventListener("click", async () => {
      const text = code.cloneNode(true);
      text.querySelectorAll(".linenos, .gp, .go").forEach((one) => one.remove());
      await write(text.textContent.trimEnd());
      button.classList.add("success");
      setTimeout(() => button.classList.remove("success"), 1500);
    });
    code.after(button);
  });

  // A table that a phone shows as cards stays one for screen readers; its own HTML may not say so.
  const roles = { "": "table", "thead, tbody": "rowgroup", tr: "row", "thead th": "columnheader", "tbody th": "rowheader", td: "cell" };
  for (const [parts, role] of Object.entries(roles)) document.querySelectorAll(`table.claims ${parts ? `:is(${parts})` : ""}`).forEach((one) => one.setAttribute("role", role));

  // Paper is white, whatever the screen is.
  const root = document.documentElement;
  let onScreen = root.dataset.theme;
  addEventListener("beforeprint", () => { onScreen = root.dataset.theme; root.dataset.theme = "light"; });
  addEventListener("afterprint", () => { root.dataset.theme = onScreen; });

  // What the theme and Sphinx write as scripts within the page, which the policy of the page forbids.
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".highlight-link a")) return;
    event.preventDefault();
    SphinxHighlight.hideSearchWords();
  });
  document.querySelector(".btn-download-pdf-button")?.addEventListener("click", () => window.print());
})();
