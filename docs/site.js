// SPDX-License-Identifier: LGPL-2.1-or-later
// The search, the filters of the support matrix, folding, and light or dark. No requests but for the index beside it.
"use strict";
(() => {
  const page = document.documentElement;
  const root = page.dataset.root;
  const shown = 30;
  let kinds = [], entries = null, waiting = [];

  // --- light and dark -----------------------------------------------------------------------------
  const stored = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  const dark = () => (page.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  if (stored()) page.dataset.theme = stored();

  function themeButton(button) {
    const name = () => { button.textContent = dark() ? "Light" : "Dark"; };
    button.addEventListener("click", () => {
      page.dataset.theme = dark() ? "light" : "dark";
      try { localStorage.setItem("theme", page.dataset.theme); } catch { /* a page from a file may not keep it */ }
      name();
    });
    name();
  }

  // --- search -------------------------------------------------------------------------------------
  // The index is a script, because a page from a file may not read other files.
  window.siteIndex = (names, rows) => {
    kinds = names;
    entries = rows.map(([name, kind, href, words]) =>
      ({ name, kind: kinds[kind], href, words, low: name.toLowerCase(), all: `${name} ${words}`.toLowerCase() }));
    waiting.splice(0).forEach(go => go());
  };

  function withIndex(go) {
    if (entries) return go();
    waiting.push(go);
    if (waiting.length > 1) return;
    const script = document.createElement("script");
    script.src = `${root}search-index.js`;
    document.head.append(script);
  }

  // Higher is better, 0 is no match: every word must be found; names count more than texts, whole words more than parts.
  function score(entry, words) {
    let sum = 0;
    for (const word of words) {
      const at = entry.all.indexOf(word);
      if (at < 0) return 0;
      if (entry.low === word) sum += 100;
      else if (entry.low.endsWith(word)) sum += 40;
      else if (entry.low.includes(word)) sum += 25;
      else sum += /\w/.test(entry.all[at - 1] || " ") ? 3 : 10;
    }
    const weight = { function: 8, command: 6, object: 6, guide: 5, format: 5, element: 2, attribute: 1, constant: 0 };
    return sum + (weight[entry.kind] ?? 3) - entry.name.length / 40;
  }

  function search(query) {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    return entries.map(entry => [score(entry, words), entry]).filter(([points]) => points > 0)
      .sort((a, b) => b[0] - a[0]).slice(0, shown).map(([, entry]) => entry);
  }

  function searchBox(form) {
    const input = form.querySelector("input"), list = form.querySelector("#found");
    let selected = -1;
    const links = () => [...list.querySelectorAll("a")];
    const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); selected = -1; };

    function select(number) {
      const all = links();
      if (!all.length) return;
      selected = (number + all.length) % all.length;
      all.forEach((link, at) => link.setAttribute("aria-selected", String(at === selected)));
      all[selected].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", all[selected].id);
    }

    function show() {
      if (!input.value.trim()) return close();
      list.replaceChildren();
      const found = search(input.value);
      found.forEach((entry, at) => {
        const link = document.createElement("a"), small = document.createElement("small");
        link.href = root + entry.href;
        link.id = `found-${at}`;
        link.setAttribute("role", "option");
        link.tabIndex = -1;
        link.textContent = entry.name;
        small.textContent = `${entry.kind} · ${entry.words}`;
        link.append(small);
        list.append(link);
      });
      if (!found.length) {
        const none = document.createElement("p");
        none.textContent = "Nothing found.";
        list.append(none);
      }
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      selected = -1;
    }

    input.addEventListener("focus", () => withIndex(() => {}));
    input.addEventListener("input", () => withIndex(show));
    input.addEventListener("keydown", event => {
      if (event.key === "ArrowDown") { event.preventDefault(); select(selected + 1); }
      if (event.key === "ArrowUp") { event.preventDefault(); select(selected - 1); }
      if (event.key === "Escape") close();
    });
    form.addEventListener("submit", event => {
      event.preventDefault();
      const link = links()[Math.max(selected, 0)];
      if (link) { close(); location.href = link.href; }
    });
    document.addEventListener("click", event => { if (!form.contains(event.target)) close(); });
    document.addEventListener("keydown", event => {
      if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) { event.preventDefault(); input.focus(); }
    });
    const asked = new URLSearchParams(location.search).get("q");
    if (asked) { input.value = asked; withIndex(show); }
  }

  // --- support matrix -----------------------------------------------------------------------------
  function matrixFilter(form) {
    const field = name => form.querySelector(`#filter-${name}`);
    const tables = [...document.querySelectorAll("table.matrix")].map(table => ({
      names: [...table.querySelectorAll("thead th")].map(cell => cell.textContent),
      rows: [...table.querySelectorAll("tbody tr")],
    }));
    const has = cell => Boolean(cell.querySelector(".yes, .library"));

    function matches(row, names) {
      const text = field("text").value.toLowerCase(), object = field("object").value;
      const driver = field("driver").value, answer = field("has").value;
      if (text && !row.textContent.toLowerCase().includes(text)) return false;
      if (object && row.dataset.object !== object) return false;
      if (!answer) return !driver || has(row.cells[names.indexOf(driver)]);
      const cells = driver ? [row.cells[names.indexOf(driver)]] : [...row.cells].slice(2);
      return answer === "yes" ? cells.some(has) : !cells.some(has);
    }

    function apply() {
      let count = 0, all = 0;
      for (const { names, rows } of tables) for (const row of rows) {
        row.hidden = !matches(row, names);
        count += row.hidden ? 0 : 1;
        all += 1;
      }
      field("count").textContent = `${count} of ${all} functions`;
    }

    form.addEventListener("input", apply);
    form.addEventListener("submit", event => event.preventDefault());
    apply();
  }

  // --- folding ------------------------------------------------------------------------------------
  function unfoldTarget() {
    let at = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!at) return;
    const target = at;
    for (; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    target.scrollIntoView();
  }

  document.addEventListener("DOMContentLoaded", () => {
    themeButton(document.getElementById("theme"));
    searchBox(document.getElementById("search"));
    const filter = document.getElementById("filter");
    if (filter) matrixFilter(filter);
    for (const button of document.querySelectorAll("button[data-fold]")) button.addEventListener("click", () => {
      for (const part of document.querySelectorAll(".tree details")) part.open = button.dataset.fold === "open";
    });
    unfoldTarget();
  });
  addEventListener("hashchange", unfoldTarget);
})();
