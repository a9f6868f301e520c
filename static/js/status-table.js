/* Tables work like a spreadsheet: arrows and Enter between the cells, and a column or a block pasted from Excel, all of
   it or none. A block whose first column holds the rows' names finds its rows by them. */
"use strict";

(() => {
  const form = document.querySelector("[data-status-form]");
  if (!form) return;
  const { texts, put, shown, count, measure } = window.statusRules;

  const label = (row) => (row.querySelector("th label") ?? row.querySelector("th")).textContent.trim().replace(/\s+/g, " ");
  const fields = (row) => [...row.querySelectorAll("td input:not([type=hidden]):not([type=checkbox])")];
  const grid = (table) => [...table.querySelectorAll("tbody tr")].map((row) => ({ name: label(row), inputs: fields(row) }));
  const key = (text) => text.trim().replace(/\s+/g, " ").toLocaleLowerCase("da");
  const place = (input) => {
    const table = input.closest("table");
    if (!table) return null;
    const rows = grid(table).filter(({ inputs }) => inputs.length);
    const row = rows.findIndex(({ inputs }) => inputs.includes(input));
    return row === -1 ? null : { table, rows, row, column: rows[row].inputs.indexOf(input) };
  };

  /* Keys -------------------------------------------------------------------------- */
  const atEdge = (input, key) => {
    const { selectionStart: from, selectionEnd: to, value } = input;
    if (from === 0 && to === value.length) return true;
    return from === to && (key === "ArrowLeft" ? from === 0 : from === value.length);
  };
  const steps = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  form.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!input.matches("input") || event.altKey) return;
    const at = place(input);
    if (!at) return;
    if ((event.ctrlKey || event.metaKey) && event.key === "z" && undo) { event.preventDefault(); undo(); return; }
    if (event.ctrlKey || event.metaKey) return;
    const step = event.key === "Enter" ? [event.shiftKey ? -1 : 1, 0] : event.shiftKey ? null : steps[event.key];
    if (!step || (step[1] && !atEdge(input, event.key))) return;
    event.preventDefault();
    const next = at.rows[at.row + step[0]]?.inputs[at.column + step[1]];
    if (next) { next.focus(); next.select(); }
  });

  /* Paste ---------------------------------------------------------------------------- */
  let undo = null;
  const say = (table, text, isError, action) => {
    const holder = table.closest("fieldset, section") ?? form;
    let note = holder.querySelector(".paste-note");
    if (!note) {
      note = document.createElement("p");
      note.className = "paste-note";
      note.setAttribute("role", "status");
      (table.closest(".table-scroll") ?? table).before(note);
    }
    note.classList.toggle("paste-note-error", isError);
    note.replaceChildren(text);
    if (!action) return;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "function-link", textContent: texts.undoPaste, onclick: action });
    note.append(" ", button);
  };
  const cells = (text) => {
    const lines = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");
    return lines.map((line) => line.split("\t").map((part) => part.trim()));
  };
  const isNumber = (text) => measure(text) !== null;
  const hasNames = (block) => block[0].length > 1 && block.every(([name]) => name === "" || !isNumber(name)) && block.some(([name]) => name);

  /* Which input takes which text, or a sentence about what is in the way. */
  const byName = (at, block) => {
    const targets = new Map();
    const all = grid(at.table);
    for (const [name, ...values] of block) {
      if (!name && values.every((value) => !value)) continue;
      const row = all.find((candidate) => key(candidate.name) === key(name));
      if (!row) return put(texts.pasteName, { name });
      /* A sum is added up here: what the sheet says of it is not needed. */
      if (!row.inputs.length) continue;
      if (targets.has(row)) return put(texts.pasteTwice, { name });
      targets.set(row, values);
    }
    const pairs = [];
    for (const [row, values] of targets) {
      const room = row.inputs.length;
      while (values.length > room && values[values.length - 1] === "") values.pop();
      if (values.length > room) return put(texts.pasteColumns, { found: shown(values.length), room: shown(room), cell: row.name });
      values.forEach((value, column) => pairs.push([row.inputs[column], value, row.name]));
    }
    return pairs;
  };
  const byPlace = (at, block) => {
    const room = at.rows.length - at.row;
    const wide = Math.max(...block.map((line) => line.length));
    const free = at.rows[at.row].inputs.length - at.column;
    const cell = at.rows[at.row].name;
    if (wide > free) return put(texts.pasteColumns, { found: shown(wide), room: shown(free), cell });
    if (block.length > room) return put(texts.pasteRows, { found: shown(block.length), room: shown(room), cell });
    return block.flatMap((line, down) => line.map((value, right) => [at.rows[at.row + down].inputs[at.column + right], value, at.rows[at.row + down].name]));
  };
  const wrong = (pairs) => {
    for (const [input, value, cell] of pairs) {
      if (!input) return put(texts.pasteColumns, { found: "–", room: "–", cell });
      if (!value || !input.classList.contains("num")) continue;
      const isWhole = input.inputMode === "numeric";
      if ((isWhole ? count : measure)(value) === null) {
        return put(isWhole && isNumber(value.replace(/,\d+$/, "")) && value.includes(",") ? texts.pasteWhole : texts.pasteText, { text: value.slice(0, 40), cell });
      }
    }
    return null;
  };
  const fill = (table, pairs) => {
    const before = pairs.map(([input]) => ({ input, value: input.value, wasCarried: Boolean(input.closest(".entry-carried")) }));
    const write = (input, value) => {
      input.value = value;
      input.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
    };
    pairs.forEach(([input, value]) => write(input, value));
    const takeBack = () => {
      undo = null;
      before.forEach(({ input, value, wasCarried }) => {
        write(input, value);
        if (wasCarried) input.closest("[data-entry]").dispatchEvent(new CustomEvent("untouch", { bubbles: true }));
      });
      say(table, texts.pasteUndone, false);
      before[0].input.focus();
    };
    undo = takeBack;
    say(table, put(pairs.length === 1 ? texts.pastedOne : texts.pasted, { count: shown(pairs.length) }), false, takeBack);
  };
  form.addEventListener("paste", (event) => {
    const input = event.target;
    const at = input.matches("input") ? place(input) : null;
    const text = event.clipboardData.getData("text/plain");
    if (!at || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
    event.preventDefault();
    const block = cells(text);
    const pairs = hasNames(block) ? byName(at, block) : byPlace(at, block);
    const problem = typeof pairs === "string" ? pairs : wrong(pairs);
    if (problem) say(at.table, put(texts.pasteNothing, { problem }), true);
    else if (pairs.length) fill(at.table, pairs);
  });
  /* What is typed afterwards is the browser's to take back. */
  form.addEventListener("input", (event) => {
    if (event.inputType && event.inputType !== "insertFromPaste") undo = null;
  });
})();
