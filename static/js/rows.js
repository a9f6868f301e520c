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

    add.hidden = false;
    add.addEventListener("click", () => {
      const markup = template.innerHTML.replaceAll("__prefix__", total.value);
      body.insertAdjacentHTML("beforeend", markup);
      total.value = Number(total.value) + 1;
      const rows = [...body.querySelectorAll(ROW)];
      const row = rows[rows.length - 1];
      /* A new line is most often for the same year as the one above. */
      const above = rows.slice(0, -1).reverse().find((each) => !each.hidden);
      if (above) defaults(row).forEach((input, number) => { input.value = defaults(above)[number].value; });
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

    box.querySelectorAll("[data-row-remove]").forEach((button) => { button.hidden = false; });
    /* Spare empty rows are for those without scripts; one is enough here. */
    [...body.querySelectorAll(ROW)].filter(isEmpty).slice(1).forEach((row) => { row.hidden = true; });
  };

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-rows]").forEach(start));
})();
