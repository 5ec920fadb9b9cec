// Where was I: what the reader has marked as done, and the last place, kept in this browser alone.
(() => {
  const KEY = "course-progress";
  const chapterOf = (path) => path.match(/notebooks\/([\w-]+)\.html/)?.[1];
  // What another program, or an older page, has left there is no progress of ours.
  const kept = () => {
    try {
      const found = JSON.parse(localStorage.getItem(KEY));
      return found && typeof found === "object" && found.chapters && typeof found.chapters === "object" ? found : { chapters: {} };
    } catch { return { chapters: {} }; }
  };
  const keep = (progress) => {
    try { localStorage.setItem(KEY, JSON.stringify(progress)); } catch { /* refused: not remembered */ }
  };
  const done = (progress, chapter) => Array.isArray(progress.chapters[chapter]?.done) ? progress.chapters[chapter].done : [];

  const here = chapterOf(location.pathname);
  const buttons = [...document.querySelectorAll("button[data-done]")];

  const show = () => {
    const progress = kept();
    for (const button of buttons) {
      const is = done(progress, here).includes(button.dataset.done);
      button.setAttribute("aria-pressed", is);
      button.textContent = is ? "Done" : "Mark as done";
    }
    for (const link of document.querySelectorAll(".bd-links a, .page-toc a, .chapter-card dt a")) {
      const chapter = chapterOf(link.pathname);
      const within = link.closest(".page-toc") ? done(progress, here).includes(decodeURIComponent(link.hash.slice(1))) : null;
      const count = done(progress, chapter).length, of = progress.chapters[chapter]?.of;
      const text = within === null ? (count ? `${count} of ${of} done` : "") : (within ? "done" : "");
      if (text) link.dataset.progress = text; else delete link.dataset.progress;
    }
    const line = document.querySelector(".resume");
    if (!line) return;
    line.replaceChildren();
    const any = Object.values(progress.chapters).some((one) => one?.done?.length);
    if (/^notebooks\/[\w-]+\.html(#|$)/.test(progress.last?.to ?? "")) {
      const link = document.createElement("a");
      link.href = (document.documentElement.dataset.content_root ?? "") + progress.last.to;
      link.textContent = String(progress.last.title);
      line.append("You were at ", link, ". ");
    }
    if (!any && !line.childNodes.length) return;
    const forget = document.createElement("button");
    forget.type = "button";
    forget.textContent = "Forget it";
    forget.addEventListener("click", () => {
      try { localStorage.removeItem(KEY); } catch { /* there is nothing */ }
      show();
    });
    line.append(forget);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-done]");
    if (!button || !here) return;
    const progress = kept(), name = button.dataset.done;
    const list = done(progress, here).filter((one) => one !== name);
    if (button.getAttribute("aria-pressed") !== "true") list.push(name);
    progress.chapters[here] = { done: list, of: buttons.length };
    keep(progress);
    show();
  });

  // The last heading above a height of the screen: where a reader is who goes, or changes the language.
  const passed = (height) => [...document.querySelectorAll(".bd-article section[id] > :is(h1, h2)")].filter((one) => one.getBoundingClientRect().top < height).at(-1);
  for (const link of document.querySelectorAll(".other-edition")) link.addEventListener("click", () => { link.hash = scrollY ? passed(innerHeight / 4)?.parentNode.id ?? "" : ""; });

  addEventListener("pagehide", () => {
    if (!here) return;
    const heading = passed(innerHeight / 2);
    if (!heading) return;
    const title = heading.cloneNode(true);
    title.querySelectorAll(".headerlink").forEach((one) => one.remove());
    keep({ ...kept(), last: { to: `notebooks/${here}.html#${heading.parentNode.id}`, title: title.textContent.trim() } });
  });

  show();
})();
