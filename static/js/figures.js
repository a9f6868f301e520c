/* Every figure of a note says where it comes from: on hover, on tap, and by the arrow keys in a table one has gone to.
   What is said also stands in the line under each table and in the line under the section's heading. */
"use strict";

(() => {
  const tip = document.createElement("div");
  tip.className = "figure-tip";
  tip.id = "figure-tip";
  tip.hidden = true;
  tip.setAttribute("role", "status");
  document.body.append(tip);
  let shown = null;

  const cells = (exhibit) => [...exhibit.querySelectorAll("td")].filter((cell) => !cell.matches(".word") && /\d/.test(cell.textContent));
  const words = (cell) => {
    const row = cell.parentElement.querySelector("th");
    const head = cell.closest("table").querySelector(`thead tr:last-child > :nth-child(${cell.cellIndex + 1})`);
    const source = cell.closest(".exhibit, figure")?.querySelector(".source");
    const origin = cell.closest("[data-origin]");
    const what = [row, head].filter(Boolean).map((part) => part.textContent.trim().replace(/\s+/g, " ")).join(", ");
    return [`${what}: ${cell.textContent.trim().replace(/\s+/g, " ")}`, origin?.dataset.origin, source?.textContent.trim()];
  };
  const hide = () => {
    tip.hidden = true;
    if (shown) shown.classList.remove("is-told");
    shown = null;
  };
  const show = (cell) => {
    if (shown === cell) return;
    hide();
    shown = cell;
    cell.classList.add("is-told");
    tip.replaceChildren(...words(cell).filter(Boolean).map((text) => Object.assign(document.createElement("p"), { textContent: text })));
    tip.hidden = false;
    const place = cell.getBoundingClientRect();
    const left = Math.max(8, Math.min(place.left + scrollX, scrollX + document.documentElement.clientWidth - tip.offsetWidth - 8));
    const below = place.bottom + tip.offsetHeight + 8 < innerHeight;
    tip.style.setProperty("left", `${left}px`);
    tip.style.setProperty("top", `${scrollY + (below ? place.bottom + 6 : place.top - tip.offsetHeight - 6)}px`);
  };
  const figure = (target) => {
    const cell = target instanceof Element ? target.closest(".paper td") : null;
    return cell && cells(cell.closest("table")).includes(cell) ? cell : null;
  };

  /* Tables are places to go to; their figures are reached from there. */
  const prepare = () => document.querySelectorAll(".paper .exhibit, .paper figure").forEach((exhibit) => {
    if (exhibit.hasAttribute("tabindex") || !exhibit.querySelector("table")) return;
    exhibit.tabIndex = 0;
    exhibit.setAttribute("role", "group");
    const caption = exhibit.querySelector("caption, figcaption");
    if (caption) exhibit.setAttribute("aria-label", caption.textContent.trim());
  });
  document.addEventListener("mouseover", (event) => { const cell = figure(event.target); if (cell) show(cell); else if (!event.target.closest(".figure-tip")) hide(); });
  document.addEventListener("click", (event) => { const cell = figure(event.target); if (cell) show(cell); else hide(); });
  document.addEventListener("focusout", hide);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    const exhibit = event.target instanceof Element ? event.target.closest(".paper .exhibit, .paper figure") : null;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!exhibit || !step || exhibit !== event.target) return;
    const all = cells(exhibit);
    if (!all.length) return;
    event.preventDefault();
    const next = shown && all.includes(shown) ? all.indexOf(shown) + step : step > 0 ? 0 : all.length - 1;
    show(all[(next + all.length) % all.length]);
  });
  document.body.addEventListener("htmx:oobAfterSwap", prepare);
  prepare();
})();
