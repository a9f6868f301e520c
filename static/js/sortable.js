/* Rows in an order of one's own: <* data-sort-rows> with [data-sort-row]; each has a handle [data-sort-handle] to drag,
   arrows [data-sort-move=up|down] and a place [data-sort-place] to type. Tells "rows-sorted" and says where a row went.
   Without this file the arrows and the places post the form. */
"use strict";

(() => {
  const start = (list) => {
    const rows = () => [...list.querySelectorAll("[data-sort-row]")];
    const settle = (moved) => {
      rows().forEach((row, number, all) => {
        row.classList.toggle("is-moved", row === moved);
        row.querySelector("[data-sort-place]").value = number + 1;
        row.querySelector("[data-sort-move=up]").toggleAttribute("data-edge", number === 0);
        row.querySelector("[data-sort-move=down]").toggleAttribute("data-edge", number === all.length - 1);
      });
      if (moved) {
        const said = document.querySelector("[data-moved]");
        const words = { name: moved.dataset.name, place: rows().indexOf(moved) + 1, total: rows().length };
        said.textContent = said.dataset.text.replace(/\{(\w+)\}/g, (_match, word) => words[word]);
      }
      list.dispatchEvent(new CustomEvent("rows-sorted", { bubbles: true }));
    };
    const moveTo = (row, number) => {
      const others = rows().filter((other) => other !== row);
      const place = Math.min(Math.max(number, 0), others.length);
      if (place === others.length) others[others.length - 1].after(row);
      else others[place].before(row);
      settle(row);
    };

    list.addEventListener("click", (event) => {
      const button = event.target.closest("[data-sort-move]");
      if (!button || rows().length < 2) return;
      event.preventDefault();
      const row = button.closest("[data-sort-row]");
      moveTo(row, rows().indexOf(row) + (button.dataset.sortMove === "up" ? -1 : 1));
      button.focus();
    });
    list.addEventListener("change", (event) => {
      if (!event.target.matches("[data-sort-place]")) return;
      const row = event.target.closest("[data-sort-row]");
      const place = Number(event.target.value);
      if (Number.isInteger(place) && rows().length > 1) moveTo(row, place - 1);
      else settle(null);
      event.target.focus();
    });
    /* Enter in a place moves the row; it does not send the form. */
    list.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !event.target.matches("[data-sort-place]")) return;
      event.preventDefault();
      event.target.dispatchEvent(new Event("change", { bubbles: true }));
    });

    /* Dragging is an extra for the mouse; a row can be dragged only by its handle, so that its text can be marked. */
    let dragged = null;
    const over = (row) => rows().forEach((item) => item.classList.toggle("is-over-row", item === row));
    list.classList.add("has-drag");
    list.addEventListener("pointerdown", (event) => {
      const row = event.target.closest("[data-sort-row]");
      if (row) row.draggable = Boolean(event.target.closest("[data-sort-handle]"));
    });
    list.addEventListener("dragstart", (event) => {
      dragged = event.target.closest("[data-sort-row]");
      dragged.classList.add("is-dragged");
      event.dataTransfer.effectAllowed = "move";
    });
    list.addEventListener("dragover", (event) => {
      if (!dragged) return;
      event.preventDefault();
      over(event.target.closest("[data-sort-row]"));
    });
    list.addEventListener("drop", (event) => {
      const row = event.target.closest("[data-sort-row]");
      if (!dragged || !row || row === dragged) return;
      event.preventDefault();
      moveTo(dragged, rows().indexOf(row));
    });
    list.addEventListener("dragend", () => {
      if (dragged) dragged.classList.remove("is-dragged");
      dragged = null;
      over(null);
    });
    if (rows().length && list.querySelector("[data-sort-place]")) settle(null);
  };

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-sort-rows]").forEach(start));
})();
