/* The status form: sums that follow the typing, last month's values until they are touched, text tools, rows to add.
   The server adds and judges everything again; nothing here is needed to fill in a month. */
"use strict";

(() => {
  const form = document.querySelector("[data-status-form]");
  if (!form) return;
  const { texts, put, shown, inWords, signed, change, sumKnown, value: count } = window.statusRules;
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

  /* What has come or gone since last month. */
  const changed = (element, now) => {
    if (!element) return;
    const { previous } = element.dataset;
    const text = signed(change(now, previous === undefined ? null : Number(previous)));
    if (element.textContent !== text) element.textContent = text;
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
      changed(row.querySelector("[data-change]"), value(row));
      const check = row.querySelector("[data-child-check]");
      if (!check || !exclusive) return;
      const own = value(row);
      const sum = sumKnown(below(row.dataset.row).map(value));
      if (own === null || sum === null) say(check, "", "", "entry-check");
      else say(check, ...against(texts.sub, sum, own), "entry-check");
    });
    const sum = sumKnown(rows.filter((row) => !row.dataset.parent).map(value));
    const line = table.closest("fieldset").querySelector("[data-sum]");
    changed(line.querySelector("[data-sum-change]"), sum);
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
    form.querySelectorAll(".entry-figure").forEach((box) => changed(box.querySelector("[data-change]"), count(box.querySelector("input.num"))));
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
  const untouched = new WeakMap();
  const touch = (entry) => {
    const hidden = entry && entry.querySelector('input[name="carried"]');
    if (!hidden) return;
    const mark = entry.querySelector(".entry-mark");
    untouched.set(entry, { hidden, mark });
    hidden.remove();
    if (mark) mark.remove();
    entry.classList.remove("entry-carried");
    entry.classList.add("entry-touched");
    const section = entry.closest("[data-section]");
    if (section) countCarried(section);
  };
  /* What is undone shows last month again. */
  const untouch = (entry) => {
    const parts = untouched.get(entry);
    if (!parts || entry.contains(parts.hidden)) return;
    entry.append(parts.hidden, ...(parts.mark ? [parts.mark] : []));
    entry.classList.add("entry-carried");
    entry.classList.remove("entry-touched");
    const section = entry.closest("[data-section]");
    if (section) countCarried(section);
  };
  form.addEventListener("touch", (event) => touch(event.target));
  form.addEventListener("untouch", (event) => untouch(event.target));
  form.addEventListener("input", (event) => {
    if (event.target.closest) touch(event.target.closest("[data-entry]"));
    if (event.target === form || event.target.matches("input.num")) followAll();
  });
  /* Typing into last month's figure replaces it, however one came there. */
  form.addEventListener("focusin", (event) => {
    // Selecting also focuses: someone who has moved on by then is left where they are.
    const select = () => { if (document.activeElement === event.target) event.target.select(); };
    if (event.target.matches(".entry-carried input")) setTimeout(select, 0);
  });
  document.addEventListener("click", (event) => {
    const all = event.target.closest("[data-confirm-all]");
    if (all) {
      event.preventDefault();
      form.querySelectorAll("[data-entry]").forEach(touch);
      form.dispatchEvent(new Event("change", { bubbles: true }));
      form.querySelector(".form-section input:not([type=hidden])").focus();
      return;
    }
    const confirm = event.target.closest("[data-confirm]");
    if (!confirm) return;
    event.preventDefault();
    const section = confirm.closest("[data-section]");
    section.querySelectorAll("[data-entry]").forEach(touch);
    const next = section.querySelector("input:not([type=hidden]), textarea");
    if (next) next.focus();
    form.dispatchEvent(new Event("change", { bubbles: true }));
  });

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

  /* A link to a field goes into the field, and what is said on arrival is read at once ------ */
  const go = (hash) => {
    const target = document.getElementById(hash.slice(1));
    if (!target) return false;
    const field = target.matches("fieldset") ? target.querySelector("input:not([type=hidden]), textarea") : target;
    field.scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
    if (field.select) field.select();
    return true;
  };
  document.addEventListener("click", (event) => {
    const jump = event.target.closest("[data-jump]");
    if (jump && go(jump.hash)) event.preventDefault();
    const link = event.target.closest("[data-dialog-link]");
    if (link) {
      event.preventDefault();
      document.getElementById(link.dataset.dialogLink).showModal();
    }
  });
  /* Who comes from another page to mend a field, comes to the field. */
  if (window.location.hash && !document.querySelector("[data-focus]")) document.getElementById(window.location.hash.slice(1))?.matches("input, textarea") && go(window.location.hash);

  followAll();
})();
