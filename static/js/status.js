/* The status form: sums that follow the typing, last month's values until they are touched, text tools, rows to add.
   The server adds and judges everything again; nothing here is needed to fill in a month. */
"use strict";

(() => {
  const form = document.querySelector("[data-status-form]");
  if (!form) return;
  const texts = JSON.parse(document.getElementById("status-texts").textContent);
  const put = (text, values) => text.replace(/%\((\w+)\)s/g, (_place, name) => values[name]);
  const shown = (number) => (number === null ? "–" : new Intl.NumberFormat("da-DK").format(number));
  const inWords = (number) => texts.numbers[number - 1] ?? shown(number);

  /* A count as the server reads it: digits, with dots or spaces only before groups of three. Else null. */
  const count = (input) => {
    const text = (input ? input.value : "").trim().replace(/\s+/g, " ");
    if (!/^(\d+|[1-9]\d{0,2}(\.\d{3})+|[1-9]\d{0,2}( \d{3})+)$/.test(text)) return null;
    return Number(text.replace(/[. ]/g, ""));
  };
  const sumKnown = (numbers) => {
    const known = numbers.filter((number) => number !== null);
    return known.length ? known.reduce((sum, number) => sum + number, 0) : null;
  };
  const say = (element, text, state, name) => {
    if (element.firstChild && element.firstChild.nodeType === Node.TEXT_NODE) {
      if (element.firstChild.data !== text) element.firstChild.data = text;
    } else element.prepend(text);
    element.classList.toggle(`${name}-ok`, state === "ok");
    element.classList.toggle(`${name}-off`, state === "off");
  };
  const against = (text, sum, total) => {
    const words = put(text, { sum: shown(sum), total: shown(total) });
    if (sum === null || total === null) return [words, ""];
    if (sum === total) return [words, "ok"];
    const difference = put(sum < total ? texts.missing : texts.over, { number: inWords(Math.abs(total - sum)) });
    return [`${words} – ${difference}`, "off"];
  };

  /* Sums ------------------------------------------------------------------ */
  const follow = (table) => {
    const rows = [...table.querySelectorAll("[data-row]")];
    const below = (code) => rows.filter((row) => row.dataset.parent === code);
    const value = (row) => ("total" in row.dataset ? sumKnown(below(row.dataset.row).map(value)) : count(row.querySelector("input.num")));
    const exclusive = !("overlapping" in table.dataset);
    rows.forEach((row) => {
      const output = row.querySelector("[data-row-sum]");
      if (output) output.textContent = shown(value(row));
      const check = row.querySelector("[data-child-check]");
      if (!check || !exclusive) return;
      const own = value(row);
      const sum = sumKnown(below(row.dataset.row).map(value));
      if (own === null || sum === null) say(check, "", "", "entry-check");
      else say(check, ...against(texts.sub, sum, own), "entry-check");
    });
    const sum = sumKnown(rows.filter((row) => !row.dataset.parent).map(value));
    const line = table.closest("fieldset").querySelector("[data-sum]");
    const total = document.getElementById(table.dataset.totalField);
    const expected = total ? count(total) : null;
    if (expected === null) say(line, put(texts.sum, { sum: shown(sum) }), "", "sum");
    else say(line, ...against(texts.of, sum, expected), "sum");
  };
  const followFlow = (table) => {
    table.querySelectorAll("[data-row]").forEach((row) => {
      const [came, went] = [...row.querySelectorAll("input.num")].map(count);
      const left = came === null || went === null || went > came ? null : came - went;
      row.querySelector("[data-remaining]").textContent = shown(left);
    });
  };
  const followAll = () => {
    form.querySelectorAll("[data-breakdown]").forEach(follow);
    form.querySelectorAll("[data-flow]").forEach(followFlow);
  };

  /* Last month's values ---------------------------------------------------- */
  const countCarried = (section) => {
    const line = section.querySelector("[data-carry-line]");
    if (!line) return;
    const left = section.querySelectorAll('input[name="carried"]').length;
    const values = { counter: shown(left), month: texts.month };
    line.querySelector("[data-carry-text]").textContent = put(left === 0 ? texts.leftNone : left === 1 ? texts.leftOne : texts.left, values);
    line.querySelector("[data-confirm]").hidden = left === 0;
    line.classList.toggle("carry-line-done", left === 0);
    const mark = document.querySelector(`[data-nav="${section.dataset.section}"] [data-nav-mark]`);
    if (mark) {
      mark.textContent = left === 0 ? texts.navDone : put(texts.navLeft, { count: shown(left) });
      mark.classList.toggle("status-nav-done", left === 0);
    }
    const intro = document.querySelector("[data-carry-intro]");
    if (intro) intro.hidden = !form.querySelector('input[name="carried"]');
  };
  const touch = (entry) => {
    const hidden = entry && entry.querySelector('input[name="carried"]');
    if (!hidden) return;
    hidden.remove();
    entry.classList.remove("entry-carried");
    entry.classList.add("entry-touched");
    const mark = entry.querySelector(".entry-mark");
    if (mark) mark.remove();
    const section = entry.closest("[data-section]");
    if (section) countCarried(section);
  };
  form.addEventListener("input", (event) => {
    touch(event.target.closest("[data-entry]"));
    if (event.target.matches("input.num")) followAll();
    state();
  });
  /* Typing into last month's figure replaces it, however one came there. */
  form.addEventListener("focusin", (event) => {
    if (event.target.matches(".entry-carried input")) setTimeout(() => event.target.select(), 0);
  });
  form.addEventListener("click", (event) => {
    const confirm = event.target.closest("[data-confirm]");
    if (!confirm) return;
    event.preventDefault();
    const section = confirm.closest("[data-section]");
    section.querySelectorAll("[data-entry]").forEach(touch);
    const next = section.querySelector("input:not([type=hidden]), textarea");
    if (next) next.focus();
    state();
  });

  /* What stands beside the buttons ------------------------------------------ */
  const contents = () => JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value.name ?? value]));
  const line = form.querySelector("[data-save-state]");
  const before = "stored" in form.dataset ? contents() : null;
  const savedText = line.textContent;
  const state = () => { line.textContent = before !== null && contents() === before ? savedText : texts.unsaved; };
  form.addEventListener("change", state);
  /* A draft with a value that could not be read is saved all the same: leaving it asks no questions. */
  if (before !== null) form.dispatchEvent(new CustomEvent("saved", { bubbles: true }));

  /* Lights: a comment is needed unless green ---------------------------------- */
  const needComment = (part) => {
    const chosen = part.querySelector("input[type=radio]:checked");
    const isNeeded = Boolean(chosen) && chosen.value !== "green";
    part.querySelector("[data-comment-needed]").hidden = !isNeeded;
    part.querySelector("[data-comment-optional]").hidden = isNeeded;
    part.querySelector("textarea").setAttribute("aria-required", String(isNeeded));
  };
  form.querySelectorAll("[data-light-line]").forEach((part) => {
    needComment(part);
    part.addEventListener("change", () => needComment(part));
  });

  /* The text: tools and preview ------------------------------------------------ */
  const area = form.querySelector("textarea[name=narrative]");
  const tools = form.querySelector("[data-text-tools]");
  tools.hidden = false;
  const replaceLines = (change) => {
    const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    const found = area.value.indexOf("\n", area.selectionEnd);
    const end = found === -1 ? area.value.length : found;
    insert(start, end, area.value.slice(start, end).split("\n").map(change).join("\n"));
  };
  const insert = (start, end, text) => {
    area.focus();
    area.setSelectionRange(start, end);
    area.setRangeText(text, start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const markdown = {
    heading: () => replaceLines((text) => (/^#+ /.test(text) ? text.replace(/^#+ /, "") : `# ${text}`)),
    list: () => replaceLines((text) => (/^- /.test(text) ? text.slice(2) : `- ${text}`)),
    bold: () => {
      const { selectionStart: start, selectionEnd: end } = area;
      insert(start, end, `**${area.value.slice(start, end) || texts.boldText}**`);
    },
  };
  const preview = tools.querySelector("[data-preview]");
  const pane = document.getElementById("narrative-preview");
  const askPreview = () => { if (!pane.hidden) preview.dispatchEvent(new Event("preview")); };
  tools.addEventListener("click", (event) => {
    const tool = event.target.closest("[data-md]");
    if (tool) markdown[tool.dataset.md]();
    if (event.target.closest("[data-preview]")) {
      pane.hidden = !pane.hidden;
      preview.setAttribute("aria-expanded", String(!pane.hidden));
      askPreview();
    }
  });
  let waiting;
  area.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(askPreview, 500);
  });

  /* Rows of references and annexes ----------------------------------------------- */
  form.querySelectorAll("[data-formset]").forEach((set) => {
    const prefix = set.dataset.formset;
    const total = set.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
    const add = set.querySelector("[data-formset-add]");
    const blank = [...set.querySelectorAll("[data-formset-row]")].pop().cloneNode(true);
    const number = Number(total.value) - 1;
    add.hidden = false;
    const hint = set.querySelector("[data-without-script]");
    if (hint) hint.hidden = true;
    const reveal = (row) => row.querySelectorAll("[data-formset-clear]").forEach((button) => { button.hidden = false; });
    set.querySelectorAll("[data-formset-row]").forEach(reveal);
    add.addEventListener("click", () => {
      const row = blank.cloneNode(true);
      row.querySelectorAll("[id], [name], [for]").forEach((part) => {
        for (const name of ["id", "name", "for", "aria-describedby"]) {
          if (part.hasAttribute(name)) part.setAttribute(name, part.getAttribute(name).replace(`${prefix}-${number}-`, `${prefix}-${total.value}-`));
        }
      });
      total.value = Number(total.value) + 1;
      add.before(row);
      reveal(row);
      row.querySelector("input:not([type=hidden])").focus();
    });
    set.addEventListener("click", (event) => {
      const clear = event.target.closest("[data-formset-clear]");
      if (!clear) return;
      const row = clear.closest("[data-formset-row]");
      row.querySelectorAll("input, select").forEach((part) => { part.value = ""; });
      row.hidden = true;
      add.focus();
      state();
    });
  });

  /* A link to a field goes into the field, and what is said on arrival is read at once ------ */
  document.addEventListener("click", (event) => {
    const jump = event.target.closest("[data-jump]");
    if (jump) {
      const target = document.getElementById(jump.hash.slice(1));
      if (target) {
        event.preventDefault();
        const field = target.matches("fieldset") ? target.querySelector("input:not([type=hidden]), textarea") : target;
        field.scrollIntoView({ block: "center" });
        field.focus({ preventScroll: true });
        if (field.select) field.select();
      }
    }
    const link = event.target.closest("[data-dialog-link]");
    if (link) {
      event.preventDefault();
      document.getElementById(link.dataset.dialogLink).showModal();
    }
  });
  const first = document.querySelector("[data-focus]");
  if (first) first.focus();

  followAll();
})();
