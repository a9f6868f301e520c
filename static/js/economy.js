/* The economy of a proposal: what each line comes to, as it is typed. The server reads the same texts by the same rules. */
"use strict";

(() => {
  const NUMBER = /^(?:\d+|[1-9]\d{0,2}(?:[. ]\d{3})+)(?:,\d+)?$/;

  /* Kroner or full-time equivalents as Danes type them; null for empty, NaN for what only the server can judge. */
  const read = (text) => {
    const bare = text.replace(/\u00a0/g, " ").trim().replace(/ ?(?:kr\.?|kroner)$/i, "").trim();
    if (!bare) return null;
    return NUMBER.test(bare) ? Number(bare.replace(/[. ]/g, "").replace(",", ".")) : NaN;
  };
  const kroner = new Intl.NumberFormat("da-DK", { maximumFractionDigits: 0 });
  const written = (amount) => `${kroner.format(amount)}\u00a0kr.`;
  const value = (row, name) => row.querySelector(`[name$="-${name}"]`).value;

  const start = (box) => {
    const rates = JSON.parse(document.getElementById(box.dataset.economy).textContent);
    const sum = box.querySelector("[data-economy-sum]");

    const result = (row) => {
      const amount = read(value(row, "amount"));
      const fte = read(value(row, "fte"));
      if (amount !== null) return amount;
      if (fte === null) return null;
      const rate = rates[value(row, "year").trim()];
      return rate === undefined ? undefined : fte * Number(rate);
    };
    const update = () => {
      let total = 0;
      let isUnknown = false;
      let isAny = false;
      box.querySelectorAll("[data-row]").forEach((row) => {
        const amount = row.hidden ? null : result(row);
        const shown = row.querySelector("[data-cost-result]");
        shown.textContent = Number.isFinite(amount) ? written(amount) : "–";
        if (amount === undefined) shown.textContent = shown.dataset.noRate;
        if (amount === null) return;
        isAny = true;
        if (!Number.isFinite(amount)) isUnknown = true;
        else total += amount;
      });
      sum.hidden = !isAny;
      sum.querySelector("[data-economy-total]").textContent = written(total);
      sum.querySelector("[data-economy-unknown]").hidden = !isUnknown;
    };
    box.addEventListener("input", update);
    box.addEventListener("rows-changed", update);
    update();
  };

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-economy]").forEach(start));
})();
