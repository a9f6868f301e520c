/* Rows of references and annexes: one more, and away with one. */
"use strict";

(() => {
  const form = document.querySelector("[data-status-form]");
  if (!form) return;
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
      form.dispatchEvent(new Event("change", { bubbles: true }));
    });
  });
})();
