/* The economy of a proposal: what each line costs and what all give back, as it is typed. The server reads the same texts by the same rules. */
"use strict";

(() => {
  const NUMBER = /^-?(?:\d+|[1-9]\d{0,2}(?:[. ]\d{3})+)(?:,\d+)?$/;

  /* Kroner or full-time equivalents as Danes type them; null for empty, NaN for what only the server can judge. */
  const read = (text) => {
    const bare = text.replace(/\u00a0/g, " ").trim().replace(/^[−–]/, "-").replace(/ ?(?:kr\.?|kroner)$/i, "").trim();
    if (!bare) return null;
    return NUMBER.test(bare) ? Number(bare.replace(/[. ]/g, "").replace(",", ".")) : NaN;
  };
  const kroner = new Intl.NumberFormat("da-DK", { maximumFractionDigits: 0 });
  const written = (amount) => `${kroner.format(amount)}\u00a0kr.`;
  const value = (row, name) => row.querySelector(`[name$="-${name}"]`).value;

  const typedRows = (box) => [...box.querySelectorAll("[data-row]")].filter((row) => !row.hidden);
  /* null is no line, undefined or NaN a line that cannot be counted yet. */
  const showSum = (box, amounts) => {
    const lines = amounts.filter((amount) => amount !== null);
    const known = lines.filter(Number.isFinite);
    const sum = box.querySelector("[data-economy-sum]");
    sum.hidden = !lines.length;
    sum.querySelector("[data-economy-total]").textContent = written(known.reduce((total, amount) => total + amount, 0));
    sum.querySelector("[data-economy-unknown]").hidden = known.length === lines.length;
  };
  const follow = (box, update) => {
    box.addEventListener("input", update);
    box.addEventListener("rows-changed", update);
    update();
  };

  const startCosts = (box) => {
    const rates = JSON.parse(document.getElementById(box.dataset.economy).textContent);
    const result = (row) => {
      const amount = read(value(row, "amount"));
      const fte = read(value(row, "fte"));
      /* What is below nought is refused when it is saved, and not counted until then. */
      if (amount !== null) return amount < 0 ? NaN : amount;
      if (fte === null) return null;
      if (fte < 0) return NaN;
      const rate = rates[value(row, "year").trim()];
      return rate === undefined ? undefined : fte * Number(rate);
    };
    follow(box, () => {
      const amounts = typedRows(box).map((row) => {
        const amount = result(row);
        const shown = row.querySelector("[data-cost-result]");
        shown.textContent = Number.isFinite(amount) ? written(amount) : "–";
        if (amount === undefined) shown.textContent = shown.dataset.noRate;
        return amount;
      });
      showSum(box, amounts);
    });
  };

  const startReturns = (box) => follow(box, () => showSum(box, typedRows(box).map((row) => read(value(row, "expected")))));

  /* A new proposal begins with the form its pool suggests, until its author has chosen one. */
  const startVariant = (suggested) => {
    const variants = JSON.parse(suggested.textContent);
    const form = suggested.closest("form");
    let isChosen = false;
    form.addEventListener("change", (event) => {
      if (event.target.name === "variant") isChosen = true;
      const variant = event.target.name === "pool" && !isChosen && variants[event.target.value];
      if (variant) form.querySelector(`[name="variant"][value="${variant}"]`).checked = true;
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("#variants").forEach(startVariant);
    document.querySelectorAll("[data-economy]").forEach(startCosts);
    document.querySelectorAll("[data-returns]").forEach(startReturns);
  });
})();
