/* The prioritisation as it is tried: sums, what is left and the line the frame reaches to, counted in whole øre by the
   same rules as the server's. What only the server can read counts as nothing until it has been sent. */
"use strict";

(() => {
  const NUMBER = /^(?:\d+|[1-9]\d{0,2}(?:[. ]\d{3})+)(?:,(\d{1,2}))?$/;
  const whole = new Intl.NumberFormat("da-DK", { maximumFractionDigits: 0 });

  const oreOf = (text) => {
    const bare = text.replace(/\u00a0/g, " ").trim().replace(/ ?(?:kr\.?|kroner)$/i, "").trim();
    const match = NUMBER.exec(bare);
    if (!match) return 0;
    const kroner = Number(bare.replace(/,\d+$/, "").replace(/[. ]/g, ""));
    return kroner * 100 + Number((match[1] || "").padEnd(2, "0"));
  };
  /* A half krone goes away from nought, as on the server. */
  const written = (ore) => {
    const kroner = Math.sign(ore) * Math.floor((Math.abs(ore) + 50) / 100);
    return whole.format(kroner).replace("-", "\u2212");
  };

  const start = (form) => {
    const years = [...form.querySelectorAll("[data-year]")];
    const available = years.map((year) => Number(year.dataset.available));
    const cut = form.querySelector("[data-cut]");
    const rows = () => [...form.querySelectorAll("[data-sort-row]")];
    const isIn = (row) => {
      const choice = row.querySelector("[data-include]");
      return choice ? choice.checked : Boolean(row.querySelector("[data-included]"));
    };
    const amountOf = (cell) => {
      const input = cell.querySelector("input");
      return input ? oreOf(input.value) : Number(cell.dataset.ore);
    };

    const update = () => {
      const running = available.map(() => 0);
      let first = null;
      rows().forEach((row) => {
        const included = isIn(row);
        const sums = row.querySelectorAll("[data-running]");
        const lefts = row.querySelectorAll("[data-left]");
        row.querySelectorAll("[data-cell]").forEach((cell, number) => {
          if (included) running[number] += amountOf(cell);
          const left = available[number] - running[number];
          sums[number].textContent = included ? written(running[number]) : "";
          lefts[number].textContent = included ? written(left) : "";
          lefts[number].classList.toggle("negative", left < 0);
        });
        const isOver = included && running.some((sum, number) => sum > available[number]);
        row.classList.toggle("is-out", !included);
        row.classList.toggle("is-over", isOver);
        if (isOver && first === null) first = row;
      });
      cut.hidden = first === null;
      if (first) first.before(cut);
      years.forEach((year, number) => {
        const left = available[number] - running[number];
        const rest = year.querySelector("[data-rest]");
        year.querySelector("[data-taken]").textContent = `${written(running[number])}\u00a0kr.`;
        rest.textContent = `${written(left)}\u00a0kr.`;
        rest.classList.toggle("negative", left < 0);
      });
    };
    form.addEventListener("input", update);
    form.addEventListener("change", update);
    form.addEventListener("rows-sorted", update);
    form.querySelectorAll("[data-without-script]").forEach((button) => { button.hidden = true; });
  };

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-board]").forEach(start));
})();
