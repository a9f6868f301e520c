/* Rows of a form that can be more or fewer: <* data-rows="prefix"> with data-rows-body, a <template data-rows-template>
   and a data-rows-add button. Without scripts the empty rows the page came with are there to fill in. */
"use strict";

(() => {
  const ROW = "[data-row]";

  const start = (box) => {
    const body = box.querySelector("[data-rows-body]");
    const template = box.querySelector("template[data-rows-template]");
    const total = box.querySelector(`input[name="${box.dataset.rows}-TOTAL_FORMS"]`);
    const add = box.querySelector("[data-rows-add]");

    const defaults = (row) => row.querySelectorAll("[data-row-default]");
    const isEmpty = (row) => [...row.querySelectorAll("input, textarea")].every((input) => input.dataset.rowDefault !== undefined || !input.value.trim());

    const rowsOf = () => [...body.querySelectorAll(ROW)];
    const appended = () => {
      body.insertAdjacentHTML("beforeend", template.innerHTML.replaceAll("__prefix__", total.value));
      total.value = Number(total.value) + 1;
      return rowsOf().pop();
    };

    add.hidden = false;
    add.addEventListener("click", () => {
      const rows = rowsOf();
      const last = rows.findLastIndex((row) => !row.hidden);
      const row = rows[last + 1] || appended();
      row.hidden = false;
      /* A new line is most often for the same year as the one above. */
      if (last >= 0) defaults(row).forEach((input, number) => { input.value = defaults(rows[last])[number].value; });
      row.querySelectorAll("[data-row-remove]").forEach((button) => { button.hidden = false; });
      box.dispatchEvent(new CustomEvent("rows-changed", { bubbles: true }));
      row.querySelector("input, select, textarea").focus();
    });

    /* A removed row is emptied and hidden; the server skips empty rows, and the numbers stay in order. */
    box.addEventListener("click", (event) => {
      const remove = event.target.closest("[data-row-remove]");
      if (!remove) return;
      const row = remove.closest(ROW);
      row.querySelectorAll("input, textarea").forEach((input) => { input.value = ""; });
      row.hidden = true;
      box.dispatchEvent(new CustomEvent("rows-changed", { bubbles: true }));
      add.focus();
    });

    box.closest("form").addEventListener("restored", () => {
      rowsOf().filter((row) => !isEmpty(row)).forEach((row) => { row.hidden = false; });
      box.dispatchEvent(new CustomEvent("rows-changed", { bubbles: true }));
    });

    box.querySelectorAll("[data-row-remove]").forEach((button) => { button.hidden = false; });
    /* Spare empty rows are for those without scripts; here one is enough, and none once something is written. */
    const empty = rowsOf().filter(isEmpty);
    empty.slice(empty.length === rowsOf().length ? 1 : 0).forEach((row) => { row.hidden = true; });
  };

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-rows]").forEach(start));
})();
