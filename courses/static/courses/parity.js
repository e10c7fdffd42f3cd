// The editor of texts in two languages: each pair gets its mark, its languages and a small toolbar beside its fields.
// Without this script the list of open pairs above the fields says the same, and each confirmation has a page of its own.
(() => {
  "use strict";
  const panel = document.querySelector("[data-parity]");
  const FIELD = /^(.+)[-_](en|es)$/;
  const WIDE = window.matchMedia("(min-width: 50em)");
  const toolbar = panel?.querySelector("[data-toolbar]").content.firstElementChild;
  const seen = new IntersectionObserver((entries) => {
    const shown = entries.filter((entry) => entry.isIntersecting).map((entry) => entry.target);
    level(shown);
    window.setTimeout(level, 300, shown); // once the fields have grown to their texts
  });
  let named = new Map(); // the controls of the form by their names: its own look-up is slow while the page changes
  let waiting = new Map(); // the marks that have not found their fields, by path
  let asked = decodeURIComponent(window.location.hash);

  // `body-3-value-text` is `body.<id of the block>.text`: blocks and items of lists keep their id beside them.
  function pathOf(name) {
    const path = [];
    let prefix = "";
    for (const part of name.split("-")) {
      prefix = prefix ? `${prefix}-${part}` : part;
      if (/^\d+$/.test(part)) path.push(named.get(`${prefix}-id`)?.value || part);
      else if (part !== "value" || !/-\d+-value$/.test(prefix)) path.push(part);
    }
    return path.join(".");
  }

  function dressField(field) {
    const [, stem, language] = field.name.match(FIELD);
    field.lang = language;
    field.spellcheck = true;
    const twin = named.get(field.name.replace(/en$/, "es"));
    if (language !== "en" || !twin) return;
    const mine = field.closest("[data-contentpath]");
    const theirs = twin.closest("[data-contentpath]");
    const holder = mine && theirs && mine.parentElement === theirs.parentElement ? mine.parentElement : null;
    holder?.classList.add("parity-sides");
    place(pathOf(stem), holder ? theirs : twin.closest(".parity__pair, .w-form-width, .field-row, .w-panel__content > *"), field, twin);
  }

  function place(path, after, field, twin) {
    const mark = waiting.get(path);
    field.dataset.pair = path;
    seen.observe(field);
    if (!mark || !after) return;
    waiting.delete(path);
    const here = document.createElement("div");
    here.className = mark.className + " parity__mark--here";
    here.tabIndex = -1;
    here.append(...mark.childNodes);
    mark.remove();
    Object.assign(here.dataset, mark.dataset);
    here.goal = mark.dataset.language === "es" ? twin : field;
    after.after(here);
  }

  const fields = () => [...panel.form.querySelectorAll("textarea:not([lang]), input[type=text]:not([lang])")];

  function dress() {
    named = new Map([...panel.form.elements].map((control) => [control.name, control]));
    waiting = new Map([...panel.querySelectorAll(".parity__list [data-path]")].map((mark) => [mark.dataset.path, mark]));
    fields().filter((field) => FIELD.test(field.name)).forEach(dressField);
    const rest = panel.querySelectorAll(".parity__list [data-state]:not([data-state=confirmed])").length;
    panel.querySelector(".parity__list").hidden = rest === 0;
    if (asked.startsWith("#pair-")) {
      const mark = panel.form.querySelector(`[data-path="${CSS.escape(asked.slice(6))}"]`);
      if (mark) go(mark);
      if (mark?.goal) asked = "";
    }
  }

  // Both texts of a pair are as high as the higher one, so that lines stay beside each other.
  function level(sources) {
    const pairs = sources.filter((field) => field.localName === "textarea").map((field) => [field, named.get(field.name.replace(/en$/, "es"))]);
    pairs.flat().forEach((field) => { field.style.minHeight = ""; });
    if (!WIDE.matches) return;
    const heights = pairs.map(([a, b]) => Math.max(a.offsetHeight, b.offsetHeight));
    pairs.forEach((pair, place) => pair.forEach((field) => { field.style.minHeight = `${heights[place]}px`; }));
  }

  function reveal(node) {
    for (let up = node.parentElement; up; up = up.parentElement) {
      const toggle = up.matches("[data-panel]") ? up.querySelector("[data-panel-toggle]") : null;
      if (toggle?.getAttribute("aria-expanded") === "false") toggle.click();
    }
  }

  function go(mark) {
    reveal(mark);
    const goal = mark.goal || mark;
    // More than once, because the tab shows itself late, and what lies above is laid out only when it comes near.
    for (const wait of [0, 150, 500, 1000]) window.setTimeout(() => {
      if (document.activeElement === document.body || !wait) goal.focus({ preventScroll: true });
      if (document.activeElement === goal) goal.scrollIntoView({ block: "center", behavior: "instant" });
    }, wait);
  }

  function next() {
    const marks = [...panel.form.querySelectorAll("[data-state=missing], [data-state=stale]")];
    if (!marks.length) return;
    const here = document.activeElement;
    const after = marks.find((mark) => mark.goal !== here && here.compareDocumentPosition(mark.goal || mark) & Node.DOCUMENT_POSITION_FOLLOWING);
    go(after || marks[0]);
  }

  function ask(link) {
    const row = document.createElement("span");
    row.className = "parity__ask";
    row.innerHTML = "<label><span></span><input type='text' maxlength='500'></label><button type='button' class='button button-small'></button><span role='alert'></span>";
    const [words, input] = row.querySelector("label").children;
    words.textContent = link.dataset.ask;
    const button = row.querySelector("button");
    button.textContent = link.dataset.send;
    button.addEventListener("click", () => send(link, input.value, row));
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      send(link, input.value, row);
    });
    link.after(row);
    link.hidden = true;
    input.focus();
  }

  async function send(link, reason, row) {
    const body = new URLSearchParams({ reason, shown: link.dataset.shown });
    const token = panel.form.elements.csrfmiddlewaretoken.value;
    const headers = { "X-CSRFToken": token, "X-Requested-With": "XMLHttpRequest" };
    let answer = { refusal: link.dataset.fails };
    try {
      const response = await fetch(link.href, { method: "POST", body, headers, credentials: "same-origin" });
      answer = await response.json();
    } catch { /* the sentence stands already */ }
    if (answer.refusal) row.querySelector("[role=alert]").textContent = answer.refusal;
    else confirmed(link, answer.mark);
  }

  function confirmed(link, sentence) {
    const mark = link.closest(".parity__mark");
    count(mark.dataset.state, -1);
    count("confirmed", 1);
    mark.dataset.state = "confirmed";
    mark.className = "parity__mark parity__mark--confirmed parity__mark--here";
    const line = document.createElement("p");
    const tag = document.createElement("span");
    tag.className = "parity__tag parity__tag--confirmed";
    tag.textContent = link.dataset.done;
    line.append(tag, " ", sentence);
    mark.replaceChildren(line);
    mark.focus();
  }

  function count(state, by) {
    const shown = panel.querySelector(`[data-count=${state}]`);
    shown.textContent = Number(shown.textContent) + by;
  }

  function insert(field, before, after, atLine) {
    let { selectionStart: start, selectionEnd: end } = field;
    if (atLine) start = field.value.lastIndexOf("\n", start - 1) + 1;
    const chosen = field.value.slice(start, end);
    const text = atLine ? chosen.split("\n").map((line) => before + line).join("\n") : before + chosen + after;
    field.focus();
    field.setSelectionRange(start, end);
    if (!document.execCommand("insertText", false, text)) field.setRangeText(text, start, end, "end");
    if (!atLine) field.setSelectionRange(start + before.length, start + before.length + chosen.length);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function press(button) {
    const { wrap, close, line } = button.dataset;
    insert(toolbar.field, wrap || line, close || wrap, Boolean(line));
  }

  function focused(event) {
    const field = event.target;
    if (field.localName !== "textarea" || !field.lang || toolbar.contains(field)) return;
    toolbar.field = field;
    field.before(toolbar);
    field.parentElement.classList.add("parity-field");
  }

  function keys(event) {
    if (event.altKey && event.shiftKey && event.code === "KeyN") {
      event.preventDefault();
      next();
    }
    const wrap = { b: "**", i: "*" }[event.key];
    if ((event.ctrlKey || event.metaKey) && wrap && event.target === toolbar.field) {
      event.preventDefault();
      insert(event.target, wrap, wrap, false);
    }
  }

  function clicked(event) {
    const link = event.target.closest("[data-confirm]");
    const button = event.target.closest(".parity__toolbar button");
    if (event.target.closest("[data-next-pair]")) { event.preventDefault(); next(); }
    if (link) { event.preventDefault(); ask(link); }
    if (button) press(button);
  }

  function begin() {
    panel.form = panel.closest("form");
    if (!panel.form) return;
    let soon = 0;
    const later = () => { cancelAnimationFrame(soon); soon = requestAnimationFrame(dress); };
    new MutationObserver(() => { if (fields().some((field) => FIELD.test(field.name))) later(); })
      .observe(panel.form, { childList: true, subtree: true });
    document.addEventListener("keydown", keys);
    panel.form.addEventListener("click", clicked);
    panel.form.addEventListener("focusin", focused);
    panel.form.addEventListener("input", (event) => {
      const source = named.get(event.target.name?.replace(/es$/, "en"));
      if (event.target.localName === "textarea" && source?.dataset.pair) level([source]);
    });
    window.addEventListener("hashchange", () => { asked = decodeURIComponent(window.location.hash); dress(); });
    dress();
  }

  if (!panel) return;
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
