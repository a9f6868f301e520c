/* The texts of a status: marks by button and by key, the counter and the readability under them, the preview, and
   what is pasted from Word. */
"use strict";

(() => {
  const form = document.querySelector("[data-status-form]");
  if (!form) return;
  const { texts, put, shown, lix, lixWord } = window.statusRules;

  const measure = (box, area) => {
    const line = box.querySelector("[data-measure]");
    const signs = [...area.value.trim()].length;
    const limit = line.dataset.limit ? Number(line.dataset.limit) : null;
    const isOver = limit !== null && signs > limit;
    const counter = line.querySelector("[data-count]");
    const words = isOver ? texts.signsOver : limit === null ? texts.signs : texts.signsOf;
    counter.textContent = put(words, { signs: shown(signs), limit: shown(limit), over: shown(signs - limit) });
    counter.classList.toggle("text-over", isOver);
    const figure = lix(area.value);
    line.querySelector("[data-lix]").textContent = figure === null ? "" : put(texts.lix, { lix: figure, word: lixWord(figure) });
  };

  const start = (box) => {
    const area = box.querySelector("textarea");
    const tools = box.querySelector("[data-text-tools]");
    const pane = box.querySelector(".text-preview");
    const preview = tools.querySelector("[data-preview]");
    tools.hidden = false;

    /* Written through the browser's own editing, so that Ctrl+Z takes it back. */
    const insert = (from, to, text) => {
      area.focus();
      area.setSelectionRange(from, to);
      if (document.execCommand(text ? "insertText" : "delete", false, text)) return;
      area.setRangeText(text, from, to, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const replaceLines = (change) => {
      const from = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
      const found = area.value.indexOf("\n", area.selectionEnd);
      const to = found === -1 ? area.value.length : found;
      insert(from, to, area.value.slice(from, to).split("\n").map(change).join("\n"));
    };
    const wrap = (mark, empty) => {
      const { selectionStart: from, selectionEnd: to, value } = area;
      const chosen = value.slice(from, to);
      const isMarked = value.slice(from - mark.length, from) === mark && value.slice(to, to + mark.length) === mark;
      if (isMarked) insert(from - mark.length, to + mark.length, chosen);
      else insert(from, to, `${mark}${chosen || empty}${mark}`);
    };
    const marks = {
      heading: () => replaceLines((text) => (/^#+ /.test(text) ? text.replace(/^#+ /, "") : `# ${text}`)),
      list: () => replaceLines((text) => (/^- /.test(text) ? text.slice(2) : `- ${text}`)),
      bold: () => wrap("**", texts.boldText),
      link: () => {
        const { selectionStart: from, selectionEnd: to, value } = area;
        const words = value.slice(from, to) || texts.linkText;
        insert(from, to, `[${words}](https://)`);
        area.setSelectionRange(from + words.length + 3, from + words.length + 11);
      },
    };
    const byKey = (event) => {
      if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && !event.shiftKey) return goOn() && "done";
      if (!(event.ctrlKey || event.metaKey)) return null;
      if (event.altKey && event.code === "Digit1") return "heading";
      if (event.shiftKey && event.code === "Digit8") return "list";
      return event.altKey || event.shiftKey ? null : { b: "bold", k: "link" }[event.key.toLowerCase()];
    };
    /* Enter in a list begins the next point, and in an empty point ends the list. */
    const goOn = () => {
      const from = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
      const point = area.value.slice(from, area.selectionStart).match(/^(\s*- )(.*)$/);
      if (!point) return false;
      if (point[2].trim()) insert(area.selectionStart, area.selectionEnd, `\n${point[1]}`);
      else insert(from, area.selectionEnd, "");
      return true;
    };
    area.addEventListener("keydown", (event) => {
      const mark = byKey(event);
      if (!mark) return;
      event.preventDefault();
      if (tools.querySelector(`[data-md="${mark}"]`)) marks[mark]();
    });
    area.addEventListener("paste", (event) => {
      const html = event.clipboardData.getData("text/html");
      const text = html && window.statusWords.markdown(html);
      if (!text) return;
      event.preventDefault();
      insert(area.selectionStart, area.selectionEnd, text);
    });

    const askPreview = () => { if (!pane.hidden) preview.dispatchEvent(new Event("preview")); };
    tools.addEventListener("click", (event) => {
      const tool = event.target.closest("[data-md]");
      if (tool) marks[tool.dataset.md]();
      if (!event.target.closest("[data-preview]")) return;
      pane.hidden = !pane.hidden;
      preview.setAttribute("aria-expanded", String(!pane.hidden));
      askPreview();
    });
    let waiting;
    area.addEventListener("input", () => {
      measure(box, area);
      clearTimeout(waiting);
      waiting = setTimeout(askPreview, 500);
    });
    measure(box, area);
  };
  form.querySelectorAll("[data-text]").forEach(start);
})();
