// The script of a page to be worked with: language, light and dark, search, sort and pages of tables, and narrowing the
// page to one thing (#unit=SALES). It knows nothing of what the page is about: all that is in the page's JSON. Without
// it the page shows the first rows of every table. It loads nothing and stores nothing but the choice of light or dark.
"use strict";
(() => {
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const read = (id) => JSON.parse(byId(id).textContent);
  const page = read("page-data");
  let language = root.lang === "zh-CN" ? 1 : 0; // of the pairs of words

  const say = (key, ...args) => page.words[key][language].replace(/\{(\d)\}/g, (_, n) => args[n]);

  function make(name, properties = {}, children = []) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key in element && key !== "lang") element[key] = value;
      else element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  }

  // ---- tables

  const tables = [...document.querySelectorAll("section[data-key]")]
    .filter((section) => byId(section.dataset.key + "-data"))
    .map((section) => {
      const data = read(section.dataset.key + "-data");
      const columns = Object.fromEntries(data.columns.map((c) => [c.key, c]));
      return { section, key: section.dataset.key, ...data, columns: data.columns, column: columns,
               shown: data.columns.filter((c) => c.shown), rowCount: data.rows, sort: null, down: false, query: "",
               page: 0, all: false, words: [null, null] };
    });
  const tableOf = (key) => tables.find((t) => t.key === key);

  const isText = (column) => column.kind === "text" || column.kind === "choice";
  const isNumber = (column) => column.kind === "number" || column.kind === "percent";
  const valueOf = (column, row) => {
    const value = column.values[row];
    return value !== null && isText(column) ? column.texts[value] : value;
  };
  const labelOf = (column, code) => (column.labels && Object.hasOwn(column.labels, code) ? column.labels[code][language] : code);

  // What people read in a cell.
  function wordsOf(column, row) {
    const value = valueOf(column, row);
    if (value === null) return column.missing[language];
    switch (column.kind) {
      case "choice": return labelOf(column, value);
      case "list": return value.map((item) => labelOf(column, item)).join(language ? "、" : ", ");
      case "flag": return value ? say("table-yes") : column.remark ? "" : say("table-no");
      case "series": return "";
      case "number":
      case "percent": {
        const digits = typeof value === "number" && column.decimals >= 0 ? value.toFixed(column.decimals) : String(value);
        return column.kind === "percent" ? digits + " %" : digits;
      }
      default: return value;
    }
  }

  function drawSeries(values) {
    const width = 88, height = 20, edge = 3;
    const numbers = values.filter((v) => v !== null);
    if (!numbers.length) return [];
    const least = Math.min(...numbers), most = Math.max(...numbers);
    const space = "http://www.w3.org/2000/svg";
    let path = "", down = false, x = 0, y = 0;
    values.forEach((value, i) => {
      if (value !== null) {
        x = values.length < 2 ? width / 2 : edge + ((width - 2 * edge) * i) / (values.length - 1);
        y = edge + (height - 2 * edge) * (1 - (most > least ? (value - least) / (most - least) : 0.5));
        path += (down ? "L" : "M") + x.toFixed(1) + " " + y.toFixed(1);
      }
      down = value !== null;
    });
    const draw = (name, attributes) => {
      const shape = document.createElementNS(space, name);
      for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
      return shape;
    };
    const svg = draw("svg", { class: "spark", viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
    svg.append(draw("path", { d: path, class: "stroke" }));
    // The last point is where the pen stood last.
    svg.append(draw("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: "2.2", class: "mark" }));
    return [svg, make("span", { className: "unseen" }, [`${numbers[0]} → ${numbers[numbers.length - 1]}`])];
  }

  const within = (number) => Math.max(0, Math.min(100, number)) + "%";
  function drawBar(table, column, row) {
    const bar = make("span", { className: "bar", "aria-hidden": "true" });
    const at = make("i");
    at.style.width = within(column.values[row]);
    bar.append(at);
    const other = table.column[column.mark];
    if (other && other.values[row] !== null) {
      const mark = make("b");
      mark.style.left = within(other.values[row]);
      bar.append(mark);
    }
    return bar;
  }

  function fill(cell, table, column, row) {
    const words = wordsOf(column, row);
    if (column.values[row] === null) cell.append(words);
    else if (column.kind === "series") cell.append(...drawSeries(column.values[row]));
    else if (column.mark) cell.append(drawBar(table, column, row), make("span", {}, [words]));
    else if (column.opens) cell.append(make("a", { href: "#" + column.opens + "=" + encodeURIComponent(valueOf(column, row)) }, [words]));
    else cell.append(words);
  }

  function drawRow(table, row) {
    const line = make("tr");
    table.shown.forEach((column, i) => {
      const cell = make(i ? "td" : "th", i ? {} : { scope: "row" });
      const flat = !column.tree || table.sort || table.query;
      cell.className = [column.class, column.values[row] === null ? "none" : "", column.mark ? "barred" : "",
                        column.tree && table.depth.length ? "tree" : ""].filter(Boolean).join(" ");
      if (!flat && table.depth.length) cell.style.setProperty("--depth", Math.min(table.depth[row] - table.top, 9));
      fill(cell, table, column, row);
      line.append(cell);
    });
    return line;
  }

  // ---- which rows, in which order

  const inner = new Map(); // by thing: all that lies below it, and itself
  function below(entity, id) {
    const key = entity.key + "=" + id;
    if (inner.has(key)) return inner.get(key);
    const found = new Set([id]);
    const table = tableOf(entity.section);
    if (entity.parent && table) {
      const ids = table.column[entity.id], parents = table.column[entity.parent];
      for (let row = 0; row < table.rowCount; row++) { // parents stand before what lies below them
        if (found.has(valueOf(parents, row))) found.add(valueOf(ids, row));
      }
    }
    inner.set(key, found);
    return found;
  }

  function rowsOf(table) {
    const rows = [];
    const link = chosen && table.links.find((l) => l.entity === chosen.entity.key);
    const column = link && table.column[link.column];
    const wanted = link && (link.below ? below(chosen.entity, chosen.id) : new Set([chosen.id]));
    for (let row = 0; row < table.rowCount; row++) {
      if (column && !wanted.has(valueOf(column, row))) continue;
      if (table.query && !searched(table, row).includes(table.query)) continue;
      rows.push(row);
    }
    table.top = table.depth.length && rows.length ? Math.min(...rows.slice(0, 5000).map((r) => table.depth[r])) : 0;
    if (table.sort) rows.sort(order(table.sort, table.down));
    return rows;
  }

  // Small letters of all that a row says; made when it is first searched.
  function searched(table, row) {
    const all = table.words[language] || (table.words[language] = []);
    return all[row] || (all[row] = table.shown.map((c) => wordsOf(c, row)).join("\n").toLowerCase());
  }

  function order(column, down) {
    const sign = down ? -1 : 1;
    const compare = new Intl.Collator(language ? "zh-CN" : "en", { numeric: true }).compare;
    const codes = column.kind === "choice" && column.labels ? Object.keys(column.labels) : null; // best band first
    const keys = new Map();
    const key = (row) => {
      if (!keys.has(row)) {
        const value = column.values[row];
        const last = (v) => (v.filter((n) => n !== null).pop() ?? null);
        keys.set(row, value === null ? null : column.kind === "series" ? last(value)
          : codes && codes.includes(valueOf(column, row)) ? codes.indexOf(valueOf(column, row))
          : typeof value === "number" && !isText(column) ? value : wordsOf(column, row) || null);
      }
      return keys.get(row);
    };
    return (a, b) => { // what is missing stands last, whichever way
      const x = key(a), y = key(b);
      if (x === null || y === null) return (x === null) - (y === null) || a - b;
      return sign * (typeof x === "number" && typeof y === "number" ? x - y : compare(x, y)) || a - b;
    };
  }

  // ---- drawing

  function draw(table) {
    const { section } = table;
    const rows = rowsOf(table);
    const length = table.all ? rows.length : table.first || rows.length;
    const last = Math.max(0, Math.ceil(rows.length / Math.max(length, 1)) - 1);
    table.page = Math.min(table.page, last);
    const from = table.page * length;
    const body = section.querySelector("tbody");
    body.replaceChildren(...rows.slice(from, from + length).map((row) => drawRow(table, row)));
    section.querySelector(".scroll").hidden = !rows.length;
    section.querySelectorAll(".charts").forEach((c) => { if (chosen && table.links.length) c.hidden = true; });
    table.none.hidden = rows.length > 0;
    table.none.textContent = table.query ? say("html-nothing-found") : say("table-no-rows");
    table.pager.hidden = rows.length <= length;
    table.previous.disabled = table.page === 0;
    table.next.disabled = table.page === last;
    table.previous.textContent = say("html-previous");
    table.next.textContent = say("html-next");
    table.count.textContent = rows.length ? say("html-rows", from + 1, Math.min(from + length, rows.length), rows.length) : "";
    for (const column of table.shown) {
      column.head.setAttribute("aria-sort", table.sort !== column ? "none" : table.down ? "descending" : "ascending");
      column.button.textContent = column.title[language];
      column.button.title = say("html-sort", column.title[language]);
    }
    if (table.search) {
      table.search.hidden = rows.length <= length && !table.query;
      table.search.placeholder = say("html-search");
      table.search.setAttribute("aria-label", say("html-search") + ": " + section.querySelector("h2").textContent);
    }
    return rows.length;
  }

  // Up, down, as it was.
  function sortBy(table, column) {
    const starts = isNumber(column) || column.kind === "series"; // the largest first
    if (table.sort !== column) [table.sort, table.down] = [column, starts];
    else if (table.down === starts) table.down = !starts;
    else table.sort = null;
    table.page = 0;
    draw(table);
  }

  function equip(table) {
    const { section } = table;
    section.querySelectorAll("thead th").forEach((head, i) => {
      const column = table.shown[i];
      column.head = head;
      column.button = make("button", { type: "button", className: "sort", onclick: () => sortBy(table, column) });
      head.removeAttribute("data-alt");
      head.replaceChildren(column.button);
    });
    const turn = (by) => { table.page += by; draw(table); };
    table.previous = make("button", { type: "button", className: "previous", onclick: () => turn(-1) });
    table.next = make("button", { type: "button", className: "next", onclick: () => turn(1) });
    table.count = make("span", { className: "count", "aria-live": "polite" });
    table.pager = make("div", { className: "pager" }, [table.previous, table.count, table.next]);
    table.none = make("p", { className: "empty", hidden: true });
    const scroll = section.querySelector(".scroll");
    scroll.after(table.none, table.pager);
    section.querySelector(".more")?.remove();
    if (table.first && table.rowCount > table.first) {
      table.search = make("input", { type: "search", className: "search", oninput: () => {
        table.query = table.search.value.trim().toLowerCase();
        table.page = 0;
        draw(table);
      } });
      scroll.before(table.search);
    }
  }

  // ---- narrowing the page to one thing

  let chosen = null; // { entity, id, row }
  const path = byId("page-path"), cards = byId("page-chosen");

  function find(fragment) {
    const at = fragment.indexOf("=");
    const entity = at > 0 && page.entities.find((e) => e.key === fragment.slice(0, at));
    if (!entity) return null;
    let id = fragment.slice(at + 1);
    try { id = decodeURIComponent(id); } catch { /* as it stands */ }
    const table = tableOf(entity.section);
    const ids = table && table.column[entity.id];
    let row = -1;
    for (let r = 0; table && r < table.rowCount && row < 0; r++) if (valueOf(ids, r) === id) row = r;
    return { entity, id, row };
  }

  const nameOf = (entity, row) => {
    const table = tableOf(entity.section);
    return valueOf(table.column[entity.name] || table.column[entity.id], row) ?? valueOf(table.column[entity.id], row);
  };

  // The things above one, the highest first: its own kind's, and those that its row names.
  function chainOf(one) {
    const table = tableOf(one.entity.section);
    if (one.row < 0) return [one];
    const parent = one.entity.parent && valueOf(table.column[one.entity.parent], one.row);
    const above = parent ? find(one.entity.key + "=" + encodeURIComponent(parent)) : null;
    if (above && above.row >= 0) return [...chainOf(above), one];
    const names = table.columns.find((c) => c.opens && c.opens !== one.entity.key && c.values[one.row] !== null);
    const other = names ? find(names.opens + "=" + encodeURIComponent(valueOf(names, one.row))) : null;
    return other && other.row >= 0 && !one.entity.parent ? [...chainOf(other), one] : [one];
  }

  function drawPath() {
    path.hidden = cards.hidden = !chosen;
    if (!chosen) return;
    const links = [make("a", { href: "#", className: "back" }, [say("html-all")])];
    for (const one of chainOf(chosen)) {
      const words = one.row < 0 ? one.id : nameOf(one.entity, one.row);
      const own = one.entity === chosen.entity && one.id === chosen.id;
      links.push(own ? make("strong", { "aria-current": "page" }, [one.entity.title[language] + " " + words])
        : make("a", { href: "#" + one.entity.key + "=" + encodeURIComponent(one.id) }, [words]));
    }
    path.replaceChildren(...links.flatMap((link, i) => (i ? [" › ", link] : [link])));
    if (chosen.row < 0) {
      cards.replaceChildren(make("div", {}, [make("dd", { className: "none" }, [say("html-no-such", chosen.id)])]));
      return;
    }
    const table = tableOf(chosen.entity.section);
    cards.replaceChildren(...table.shown.filter((c) => c.values[chosen.row] !== null && wordsOf(c, chosen.row)).map((column) => {
      const value = make("dd", { className: isNumber(column) ? "" : "words" });
      fill(value, table, { ...column, opens: column.opens === chosen.entity.key ? "" : column.opens }, chosen.row);
      return make("div", { "data-key": column.key }, [make("dt", {}, [column.title[language]]), value]);
    }));
  }

  function drawAll() {
    for (const section of document.querySelectorAll("section[data-key]")) {
      const table = tableOf(section.dataset.key);
      const linked = table && chosen && table.links.some((l) => l.entity === chosen.entity.key);
      if (table) {
        section.querySelectorAll(".charts").forEach((c) => { c.hidden = (c.lang === "zh-CN") !== (language === 1); });
        const rows = draw(table);
        // A table of the things themselves says nothing about one of them that has none below it.
        const alone = chosen && table.key === chosen.entity.section && rows < 2;
        section.hidden = chosen ? !linked || alone || !rows : Boolean(table.narrowed);
      } else {
        section.hidden = Boolean(chosen);
      }
    }
    for (const line of document.querySelectorAll(".line")) {
      const there = [...line.children].filter((s) => !s.hidden).length;
      line.hidden = !there;
      line.classList.toggle("single", there === 1);
    }
    const contents = document.querySelector(".contents");
    if (contents) contents.hidden = Boolean(chosen);
    drawPath();
  }

  function follow() {
    const fragment = location.hash.slice(1);
    if (fragment && !fragment.includes("=")) return; // a place in the page
    const before = chosen && chosen.entity.key + chosen.id;
    chosen = find(fragment);
    if ((chosen && chosen.entity.key + chosen.id) === before) return;
    for (const table of tables) {
      table.page = 0;
      table.query = "";
      if (table.search) table.search.value = "";
    }
    drawAll();
    if (!chosen) return;
    path.tabIndex = -1; // who reads by ear or by keyboard goes on from here
    path.focus();
  }

  // ---- language, light and dark

  function speak(next) {
    language = next;
    root.lang = language ? "zh-CN" : "en";
    for (const element of document.querySelectorAll("[data-alt]")) {
      const words = element.dataset.alt;
      element.dataset.alt = element.textContent;
      element.textContent = words;
    }
    drawAll();
  }

  const kept = "hrctl-theme";
  function light(theme) {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
    for (const button of document.querySelectorAll("[data-theme][aria-pressed]"))
      button.setAttribute("aria-pressed", String(button.dataset.theme === (root.dataset.theme || "system")));
  }
  const keep = (theme) => { try { localStorage.setItem(kept, theme); } catch { /* not allowed: for this time only */ } };
  const remembered = () => { try { return localStorage.getItem(kept); } catch { return null; } };

  // On paper: whole tables, where they are not too long to be read there.
  const print = (all) => () => {
    for (const table of tables) {
      if (table.rowCount > 200 || table.section.hidden) continue;
      table.all = all;
      draw(table);
    }
  };

  for (const table of tables) equip(table);
  for (const button of document.querySelectorAll("button[data-theme]"))
    button.onclick = () => { light(button.dataset.theme); keep(button.dataset.theme); };
  byId("page-language").onclick = () => speak(1 - language);
  byId("page-switches").hidden = false;
  light(remembered());
  addEventListener("hashchange", follow);
  addEventListener("beforeprint", print(true));
  addEventListener("afterprint", print(false));
  chosen = find(location.hash.slice(1));
  drawAll();
  root.dataset.ready = "1"; // for whoever waits for it
})();
