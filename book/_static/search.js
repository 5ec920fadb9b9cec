// Search the index of all sections and terms: while a reader types, and on the page of results.
(() => {
  const root = document.documentElement.dataset.content_root ?? "";
  const own = window.courseWords ?? {}; // of an edition in another language
  // What students type, and what the course calls it.
  const SAME = {
    flip: "mirror turned", flipped: "mirror turned", rotate: "rotation turned", vgg16: "vgg", vgg19: "vgg", nan: "collapses", conv: "convolution", convnet: "convolution network", cnn: "convolution network",
    filter: "kernel", backprop: "backpropagation gradient", im2col: "matrix product columns", unfold: "matrix product columns",
    bn: "batch normalisation", batchnorm: "batch normalisation", normalization: "normalisation", maxpool: "max pooling", avgpool: "mean pooling",
    lr: "learning rate", params: "parameters", atrous: "dilation", colour: "channels", color: "channels", rgb: "channels",
    finetune: "fine tuning", hyperparameter: "learning rate", optimizer: "optimiser", shortcut: "residual", gray: "grey", misclassified: "mistakes",
    nonlinearity: "activation function", nonlinear: "activation function", visualization: "excites filter", visualize: "excites filter", saliency: "occlusion gradient", gpu: "graphics card", 과적합: "과대적합", ocr: "handwriting", camera: "photograph", ...own.same,
  };
  const PHRASES = [
    [/\bskip connections?\b/g, "residual connection"], [/\bweight decay\b/g, "regularisation"], [/\bbatch size\b/g, "batch"],
    [/\b(?:vanishing|exploding) gradients?\b/g, "training collapses"], [/\b(?:how many|learnable) (?:weights|parameters)\b/g, "number of parameters"],
    [/\bwhich pixels (?:matter|count)\b/g, "saliency occlusion"], [/\bsmall data ?set\b/g, "few labels"], [/\bcost function\b/g, "loss"], [/\bedge detect(?:ion|or)\b/g, "kernels edges photographs"], [/\bzero_grad\b/g, "training loop gradients"],
  ];
  const FEW = new Set(["a", "an", "and", "are", "be", "between", "can", "did", "difference", "do", "does", "for", "have", "how", "i", "in", "is", "it", "my", "need", "of", "on", "or", "should", "the", "to", "vs", "we", "what", "when", "which", "why", "with", "work", "works", "you", ...own.few ?? []]);
  const words = (text) => text.toLowerCase().normalize("NFC").match(/[\p{L}\p{N}]+/gu) ?? [];
  const spelled = (word) => word.replace(/iz(?=(?:e|er|ed|es|ing|ation)s?$)/, "is").replace(/^center/, "centre").replace(/^(col|behavi|neighb)or/, "$1our"); // of both sides of the ocean
  const stem = (word) => own.stem?.(word) ?? (word.length < 5 ? word : spelled(word).replace(/(?:ing|ed|es|s)$/, ""));
  const PARTICLES = /(?:이란|에서|으로|은|는|이|가|을|를|의|에|로|과|와|도|란)$/;
  let entries, vocabulary, spellings;

  const load = () => load.done ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = `${root}_static/search_index.js`;
    script.onload = () => {
      // Behind each word, the entries whose rest has it, each counted from the one before.
      const rest = window.courseIndex.map(() => []);
      for (const line of window.courseRest.split("\n")) {
        const [word, ...steps] = line.split(" ");
        steps.reduce((at, step) => (rest[at + parseInt(step, 36)].push(word), at + parseInt(step, 36)), 0);
      }
      entries = window.courseIndex.map(([place, title, kind, text, ...also], at) => {
        const names = [title, ...also].map((name) => words(name).map(stem)), told = [...words(text), ...rest[at]], counts = new Map();
        for (const word of told) counts.set(stem(word), (counts.get(stem(word)) ?? 0) + 1);
        return { place, title, text, kind, also, names, named: new Set(names.flat()), length: told.length, counts };
      });
      spellings = new Set(window.courseIndex.flatMap(([, title, , text, ...also], at) => [...words([title, text, ...also].join(" ")), ...rest[at]]));
      vocabulary = new Set(entries.flatMap((one) => [...one.named, ...one.counts.keys()]));
      done();
    };
    script.onerror = failed;
    document.head.append(script);
  });

  // How many letters must change or swap with their neighbour, up to a limit.
  const distance = (one, other, limit) => {
    if (Math.abs(one.length - other.length) > limit) return limit + 1;
    let before = [], above = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let row = 1; row <= one.length; row++) {
      const line = [row];
      for (let at = 1; at <= other.length; at++) {
        line[at] = Math.min(above[at] + 1, line[at - 1] + 1, above[at - 1] + (one[row - 1] !== other[at - 1]));
        if (at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1]) line[at] = Math.min(line[at], before[at - 2] + 1);
      }
      [before, above] = [above, line];
    }
    return above[other.length];
  };
  const nearest = (word) => {
    const limit = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
    let best = null, least = limit + 1;
    for (const known of spellings) {
      const steps = distance(word, known, limit);
      if (steps < least) [best, least] = [known, steps];
    }
    return best && stem(best);
  };

  // What a word asks for: itself, what the course calls it, what it begins, what it may be meant for.
  const meant = (word, last) => {
    const forms = [[stem(word), 1]];
    for (const other of words(SAME[word] ?? "")) forms.push([stem(other), 0.9]);
    if (last && word.length > 1) for (const known of vocabulary) if (known.startsWith(word) && known !== word) forms.push([known, 0.5]);
    if (!forms.some(([form]) => vocabulary.has(form))) {
      const near = nearest(word);
      if (near) forms.push([near, 0.8]);
    }
    return forms;
  };

  // Pages and sections that name everything and explain nothing come behind those that do.
  const LISTS = [[/^book\/(?:bibliography|instructors|intro|licence|objectives|reproductions)/, 0.2], [/^book\/how_to_study/, 0.4],
    [/#(?:what-you-will-be-able-to-do|what-you-need|summary|read-on|exercises)$/, 0.55], [/#exercise-/, 0.8]];
  const score = (entry, asked) => {
    let sum = 0, met = 0;
    for (const forms of asked) {
      let best = 0;
      for (const [form, share] of forms) {
        const count = entry.counts.get(form) ?? 0;
        const named = entry.named.has(form) ? Math.max(...entry.names.map((name) => name.includes(form) ? 10 / Math.sqrt(name.length) : 0)) : 0;
        best = Math.max(best, share * (named + (count ? 1 + Math.min(3, 40 * count / (40 + entry.length)) + Math.log2(1 + count) * 0.6 : 0)));
      }
      met += best > 0;
      sum += best;
    }
    if (!met) return 0;
    const share = met / asked.length;
    const holds = (name) => asked.every((forms) => forms.some(([form]) => name.includes(form)));
    const whole = entry.names.some((name) => name.length === asked.length && holds(name));
    const bonus = (whole ? 12 : entry.names.some(holds) ? 4 : 0) + (entry.kind === "page" && share === 1 && sum > 4 ? 3 : 0) + (entry.kind === "term" ? 0.5 : 0);
    return (sum * share ** 3 + bonus) * LISTS.reduce((part, [place, share]) => place.test(entry.place) ? part * share : part, 1);
  };

  // "drop out" is one word in the course, "gradcam" is two; Korean words carry particles.
  const has = (word) => vocabulary.has(stem(word));
  const parted = (word) => {
    if (has(word) || SAME[word]) return [word];
    const bare = word.replace(PARTICLES, "");
    if (bare !== word && has(bare)) return [bare];
    const least = /\p{Script=Hangul}/u.test(word) ? 2 : 3;
    for (let at = word.length - least; at >= least; at--) {
      const rest = has(word.slice(0, at)) ? parted(word.slice(at)) : [];
      if (rest.length && rest.every(has)) return [word.slice(0, at), ...rest];
    }
    return [word];
  };
  const joined = (typed) => typed.reduce((done, word) => {
    const both = (done.at(-1) ?? "") + word;
    return done.length && both.length > 5 && has(both) ? [...done.slice(0, -1), both] : [...done, word];
  }, []);

  const find = (query) => {
    const said = PHRASES.reduce((text, [phrase, other]) => text.replace(phrase, other), query.toLowerCase());
    const typed = joined(words(said.replace(/(\d)\s*[x×]\s*(\d)/gi, "$1x$2"))).flatMap(parted);
    const asking = typed.filter((word) => !FEW.has(word));
    // A word that the course has not, and that is two in it, is both of them.
    const kept = (asking.length ? asking : typed).flatMap((word) => SAME[word] && !vocabulary.has(stem(word)) ? words(SAME[word]) : [word]);
    const asked = kept.map((word, at) => meant(word, at === kept.length - 1 && !query.endsWith(" ")));
    return entries.map((entry) => [score(entry, asked), entry]).filter(([value]) => value > 0)
      .sort((one, other) => other[0] - one[0]).slice(0, 40).map(([, entry]) => ({ entry, asked }));
  };

  const excerpt = ({ entry, asked }) => {
    const forms = new Set(asked.flatMap((one) => one.map(([form]) => form)));
    const at = [...entry.text.matchAll(/[\p{L}\p{N}]+/gu)].find(([word]) => forms.has(stem(word.toLowerCase())))?.index ?? 0;
    const from = at < 60 ? 0 : entry.text.indexOf(" ", at - 50) + 1;
    const cut = from + 170 < entry.text.length;
    const part = cut ? entry.text.slice(from, from + 170).replace(/\s\S*$/, "") : entry.text.slice(from);
    return (from ? "… " : "") + part + (cut ? " …" : "");
  };

  const titles = (place) => entries.find((one) => one.kind === "page" && one.place === place.split("#")[0])?.title ?? "";
  const item = (hit) => {
    const line = document.createElement("li"), link = document.createElement("a"), where = document.createElement("span"), said = document.createElement("p");
    link.href = root + hit.entry.place;
    link.textContent = [hit.entry.title, ...hit.entry.also].join(" · ");
    where.textContent = hit.entry.kind === "page" ? "" : titles(hit.entry.place);
    where.className = "found-in";
    said.className = "context";
    said.textContent = excerpt(hit);
    line.append(link, where, said);
    return line;
  };

  const show = (query, list, summary, most) => {
    const hits = query.trim() ? find(query) : [];
    list.replaceChildren(...hits.slice(0, most).map(item));
    summary.textContent = !query.trim() ? "" : hits.length
      ? `Search finished: ${hits.length} ${hits.length === 1 ? "place" : "places"} found.` : "Search finished: nothing found. Try fewer or other words.";
  };

  const follow = (form, list, summary, most) => {
    const field = form.querySelector("input");
    field.addEventListener("focus", () => load().catch(() => {}), { once: true });
    field.addEventListener("input", async () => {
      await load();
      show(field.value, list, summary, most);
    });
    return field;
  };

  const dialog = document.getElementById("pst-search-dialog");
  if (dialog) {
    const list = document.createElement("ul"), summary = document.createElement("p");
    list.className = "search suggested";
    summary.className = "suggested-summary";
    summary.setAttribute("role", "status");
    dialog.append(summary, list);
    follow(dialog.querySelector("form"), list, summary, 6);
  }
  const page = document.querySelector("#search-results ul.search");
  if (page) {
    const form = document.querySelector("#search form"), summary = document.getElementById("search-summary");
    const field = follow(form, page, summary, 40);
    const query = new URLSearchParams(location.search).get("q") ?? "";
    field.value = query;
    field.focus();
    field.select();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      history.replaceState(null, "", `?q=${encodeURIComponent(field.value).replaceAll("%20", "+")}`);
      load().then(() => show(field.value, page, summary, 40));
    });
    if (query) load().then(() => show(query, page, summary, 40));
  }
})();
