/* The rules the status form's scripts share: numbers as the server reads them, sums, and how hard a text reads.
   Tests hold each of them against the server's own. */
"use strict";

window.statusRules = (() => {
  const element = document.getElementById("status-texts");
  const texts = element ? JSON.parse(element.textContent) : {};
  const put = (text, values) => text.replace(/%\((\w+)\)s/g, (_place, name) => values[name]);
  const grouped = new Intl.NumberFormat("da-DK", { maximumFractionDigits: 2, useGrouping: "always" });
  const shown = (number) => (number === null ? "–" : grouped.format(number).replace("-", "−"));
  const signed = (number) => (number === null ? "–" : number > 0 ? `+${shown(number)}` : shown(number));
  const inWords = (number) => texts.numbers[number - 1] ?? shown(number);

  /* A number as the server reads it: digits, with dots or spaces only before groups of three, and a comma before
     decimals. Null for anything else. */
  const read = (text, decimals) => {
    const tidy = text.trim().replace(/\s+/g, " ");
    const [whole, fraction = "", ...more] = tidy.split(",");
    if (more.length || (tidy.includes(",") && (!/^\d+$/.test(fraction) || fraction.length > decimals))) return null;
    if (!/^(\d+|[1-9]\d{0,2}(\.\d{3})+|[1-9]\d{0,2}( \d{3})+)$/.test(whole)) return null;
    const value = Number(`${whole.replace(/[. ]/g, "")}${fraction && `.${fraction}`}`);
    return value > 999999999 ? null : value;
  };
  const count = (text) => read(text, 0);
  const measure = (text) => read(text, 2);
  /* What a field holds: counts are whole, other figures may have decimals. Null for empty and for unreadable. */
  const value = (input) => (input ? (input.inputMode === "numeric" ? count : measure)(input.value) : null);

  const sumKnown = (numbers) => {
    const known = numbers.filter((number) => number !== null);
    return known.length ? known.reduce((sum, number) => sum + number, 0) : null;
  };
  const change = (now, before) => (now === null || before === null ? null : Math.round((now - before) * 100) / 100);

  /* Björnsson's readability figure, as the server counts it. Null for a text too short to measure. */
  const lix = (text) => {
    const bare = text.replace(/\]\([^)\s]*\)/g, "]");
    const word = /\p{L}+(?:[-'’]\p{L}+)*/gu;
    const words = bare.match(word) ?? [];
    if (words.length < texts.lixFewest) return null;
    const ends = /(?<=[.!?])\s+(?=["“»(*[]*[A-ZÆØÅ])|\n+(?![a-zæøå])/;
    const sentences = bare.split(ends).filter((part) => /\p{L}/u.test(part)).length;
    const long = words.filter((found) => [...found].length >= 7).length;
    return Math.floor((2 * (words.length ** 2 + 100 * long * sentences) + sentences * words.length) / (2 * sentences * words.length));
  };
  const lixWord = (figure) => texts.lixScale.filter(([lowest]) => figure >= lowest).pop()[1];

  /* Whether an answer to a finding says something else than what is stored. */
  const isUnstored = (area) => area.value !== (area.dataset.answered ?? area.defaultValue);

  return { isUnstored, texts, put, shown, signed, inWords, count, measure, value, sumKnown, change, lix, lixWord };
})();
