/* What is pasted from Word or a web page, as plain text with the few marks a status may have. */
"use strict";

window.statusWords = (() => {
  const BLOCKS = new Set(["P", "DIV", "SECTION", "ARTICLE", "BLOCKQUOTE", "TABLE", "UL", "OL", "H1", "H2", "H3", "H4", "H5", "H6"]);
  const DROPPED = new Set(["STYLE", "SCRIPT", "HEAD", "META", "LINK", "TITLE", "IMG", "SVG", "O:P", "XML"]);
  const tidy = (text) => text.replace(/[\s\u00a0]+/g, " ");
  const marked = (text, mark) => {
    const [, before, inner, after] = text.match(/^(\s*)([\s\S]*?)(\s*)$/);
    return inner ? `${before}${mark}${inner}${mark}${after}` : text;
  };
  const style = (element) => element.dataset.style ?? "";
  const is = (element, tags, pattern) => tags.includes(element.tagName) || pattern.test(style(element));

  const inline = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return tidy(node.data);
    if (node.nodeType !== Node.ELEMENT_NODE || DROPPED.has(node.tagName)) return "";
    if (node.tagName === "BR") return "\n";
    /* The sign and the gap Word draws before a list's point. */
    if (/mso-list:\s*ignore/i.test(style(node))) return "";
    let text = [...node.childNodes].map(inline).join("");
    const href = node.tagName === "A" ? node.getAttribute("href") ?? "" : "";
    if (/^(https?:|mailto:)/i.test(href) && text.trim()) text = `[${text.trim()}](${href.replace(/[\s)]/g, encodeURIComponent)})`;
    if (is(node, ["EM", "I"], /font-style:\s*italic/i)) text = marked(text, "*");
    if (is(node, ["B", "STRONG"], /font-weight:\s*(bold|[6-9]00)/i)) text = marked(text, "**");
    return text;
  };
  const lines = (text) => text.split("\n").map((part) => part.trim()).join("\n").replace(/\*\*\s*\*\*/g, "").trim();
  const wordLevel = (element) => Number(style(element).match(/mso-list:[^;]*level(\d)/i)?.[1] ?? 0);
  const isNumbered = (element) => /^\s*\(?(\d+|[a-z])[.)]/i.test(element.textContent);

  const listItems = (list, depth) => {
    let number = Number(list.getAttribute("start") ?? 1);
    return [...list.children].flatMap((item) => {
      if (["UL", "OL"].includes(item.tagName)) return listItems(item, depth + 1);
      const own = [...item.childNodes].filter((node) => !["UL", "OL"].includes(node.tagName));
      const text = lines(own.map(inline).join("")).replace(/\n+/g, " ");
      const below = [...item.childNodes].filter((node) => ["UL", "OL"].includes(node.tagName));
      const mark = list.tagName === "OL" ? `${number++}.` : "-";
      return [...(text ? [`${"   ".repeat(depth)}${mark} ${text}`] : []), ...below.flatMap((inner) => listItems(inner, depth + 1))];
    });
  };

  /* Each block as its text and whether it is a point, which stands close to the point above it. */
  const blocks = (parent) => {
    const found = [];
    let loose = "";
    const settle = () => {
      if (lines(loose)) found.push({ text: lines(loose) });
      loose = "";
    };
    parent.childNodes.forEach((node) => {
      if (!BLOCKS.has(node.tagName)) { loose += inline(node); return; }
      settle();
      found.push(...block(node));
    });
    settle();
    return found;
  };
  const block = (element) => {
    const { tagName } = element;
    if (tagName === "UL" || tagName === "OL") return listItems(element, 0).map((text) => ({ text, isPoint: true }));
    if (tagName === "TABLE") {
      return [...element.rows].map((row) => ({ text: [...row.cells].map((cell) => lines(inline(cell)).replace(/\n+/g, " ")).filter(Boolean).join(" – "), isPoint: true }));
    }
    const level = wordLevel(element);
    if (level) {
      const mark = isNumbered(element) ? "1." : "-";
      const text = lines(inline(element)).replace(/\n+/g, " ").replace(/^(?:[·•o§▪-]|\(?(?:\d+|[a-z])[.)])\s+/i, "");
      return text ? [{ text: `${"   ".repeat(level - 1)}${mark} ${text}`, isPoint: true }] : [];
    }
    if (/^H[1-6]$/.test(tagName)) {
      const text = lines(inline(element)).replace(/\n+/g, " ").replace(/^\*\*(.*)\*\*$/, "$1");
      return text ? [{ text: `${"#".repeat(Math.min(Number(tagName[1]), 3))} ${text}` }] : [];
    }
    return blocks(element);
  };

  const markdown = (html) => {
    /* The page's own policy refuses styles, also in what is only read: they are put aside before anybody looks. */
    const bare = html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/(<[^>]*?\s)style(\s*=)/gi, "$1data-style$2");
    const page = new DOMParser().parseFromString(bare, "text/html");
    const found = blocks(page.body).filter(({ text }) => text.trim());
    return found.map(({ text, isPoint }, place) => (place === 0 ? text : (isPoint && found[place - 1].isPoint ? "\n" : "\n\n") + text)).join("");
  };
  return { markdown };
})();
