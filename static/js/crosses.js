/* Tables in two directions and parts of a whole, in the status form: their totals follow the typing.
   The server adds and judges everything again; nothing here is needed to fill in a month. */
"use strict";

(() => {
  const form = document.querySelector("[data-status-form]");
  const tables = form ? [...form.querySelectorAll("[data-cross], [data-share]")] : [];
  if (!tables.length) return;
  const { texts, put, shown, inWords, sumKnown, value } = window.statusRules;
  const percent = new Intl.NumberFormat("da-DK", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

  const against = (text, sum, total) => {
    const words = put(text, { sum: shown(sum), total: shown(total) });
    if (sum === null || sum === total) return [words, sum === null ? "" : "ok"];
    const difference = put(sum < total ? texts.missing : texts.over, { number: inWords(Math.abs(total - sum)) });
    return [`${words} – ${difference}`, "off"];
  };
  const say = (element, [text, state], name) => {
    if (element.firstChild && element.firstChild.nodeType === Node.TEXT_NODE) element.firstChild.data = text;
    else element.prepend(text);
    element.classList.toggle(`${name}-ok`, state === "ok");
    element.classList.toggle(`${name}-off`, state === "off");
  };
  const write = (element, text) => { if (element && element.textContent !== text) element.textContent = text; };
  const sayWhole = (table, sum) => {
    const line = table.closest("fieldset").querySelector("[data-sum]");
    if (!line) return;
    const expected = value(document.getElementById(table.dataset.totalField));
    say(line, expected === null ? [put(texts.sum, { sum: shown(sum) }), ""] : against(texts.of, sum, expected), "sum");
  };

  const followCross = (table) => {
    const exclusive = !("overlapping" in table.dataset);
    const rows = [...table.querySelectorAll("tbody tr")];
    const foot = [...table.querySelectorAll("tfoot td")];
    const below = (row) => rows.filter((other) => other.dataset.parent === row.dataset.row);
    const inPlace = (row, place) => ("total" in row.dataset
      ? sumKnown(below(row).map((child) => inPlace(child, place)))
      : value(row.querySelectorAll("td")[place].querySelector("input")));
    const places = foot.map((cell, place) => place).filter((place) => foot[place].querySelector("[data-column-check]"));
    rows.forEach((row) => {
      const own = places.map((place) => inPlace(row, place));
      row.querySelectorAll("[data-cell-sum]").forEach((output, place) => write(output, shown(own[place])));
      write(row.querySelector("[data-across]"), shown(sumKnown(own)));
    });
    if (!exclusive) return;
    const totals = places.map((place) => {
      const sum = sumKnown(rows.filter((row) => !row.dataset.parent).map((row) => inPlace(row, place)));
      const stated = value(foot[place].querySelector("input"));
      const words = sum === null ? ["", ""] : stated === null ? [put(texts.column, { sum: shown(sum) }), ""] : against(texts.rows, sum, stated);
      say(foot[place].querySelector("[data-column-check]"), words, "entry-check");
      return stated ?? sum;
    });
    write(table.querySelector("[data-whole]"), shown(sumKnown(totals)));
    sayWhole(table, sumKnown(totals));
  };

  const followShare = (table) => {
    const share = (part, whole) => (part === null || !whole ? "–" : `${percent.format((part * 100) / whole)}\u00a0%`);
    const pairs = [...table.querySelectorAll("tbody tr")].map((row) => {
      const [part, whole] = [...row.querySelectorAll("input.num")].map(value);
      write(row.querySelector("[data-share-of]"), share(part, whole));
      return [part, whole];
    });
    const both = pairs.filter(([part, whole]) => part !== null && whole !== null);
    const part = sumKnown((both.length ? both : pairs).map((pair) => pair[0]));
    const whole = sumKnown(both.map((pair) => pair[1]));
    write(table.querySelector("[data-part-sum]"), shown(part));
    write(table.querySelector("[data-whole-sum]"), shown(whole));
    write(table.querySelector("tfoot [data-share-of]"), share(part, whole));
    sayWhole(table, sumKnown(pairs.map((pair) => pair[0])));
  };

  const follow = () => tables.forEach((table) => ("share" in table.dataset ? followShare(table) : followCross(table)));
  form.addEventListener("input", (event) => { if (event.target.matches("input.num")) follow(); });
  follow();
})();
