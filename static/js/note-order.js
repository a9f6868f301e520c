/* Lists that are put in order: rows move by their arrows or by their handles, without a round trip, and each move is
   told. Without this file the arrows post the form.
   <ol data-sortable> > <li data-item data-name> with [data-handle] and [data-move=up|down]; then [data-moved data-text]. */
"use strict";

(() => {
  document.querySelectorAll("[data-sortable]").forEach((list) => {
    const said = document.querySelector("[data-moved]");
    const rows = () => [...list.querySelectorAll("[data-item]")];
    const settle = (row) => {
      rows().forEach((item, place, all) => {
        item.classList.toggle("is-moved", item === row);
        item.querySelector("[data-move=up]").toggleAttribute("data-edge", place === 0);
        item.querySelector("[data-move=down]").toggleAttribute("data-edge", place === all.length - 1);
      });
      const words = { name: row.dataset.name, place: rows().indexOf(row) + 1, total: rows().length };
      said.textContent = said.dataset.text.replace(/\{(\w+)\}/g, (_match, word) => words[word]);
      list.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const move = (row, direction) => {
      if (direction === "up" && row.previousElementSibling) row.previousElementSibling.before(row);
      if (direction === "down" && row.nextElementSibling) row.nextElementSibling.after(row);
      settle(row);
    };
    list.addEventListener("click", (event) => {
      const button = event.target.closest("[data-move]");
      if (!button) return;
      event.preventDefault();
      move(button.closest("[data-item]"), button.dataset.move);
      button.focus();
    });

    /* The order of what the browser had kept. */
    list.closest("form")?.addEventListener("restored", ({ detail }) => {
      detail.fields.filter(([name]) => ["order", "part"].includes(name)).forEach(([name, value]) => {
        const row = list.querySelector(`[name="${name}"][value="${value}"]`)?.closest("[data-item]");
        if (row) list.append(row);
      });
    });

    /* Dragging is an extra for the mouse; a row can be dragged only by its handle, so that its text can be marked. */
    let dragged = null;
    const over = (row) => rows().forEach((item) => item.classList.toggle("is-over", item === row));
    list.classList.add("has-drag");
    list.addEventListener("pointerdown", (event) => {
      const row = event.target.closest("[data-item]");
      if (row) row.draggable = Boolean(event.target.closest("[data-handle]"));
    });
    list.addEventListener("dragstart", (event) => {
      dragged = event.target.closest("[data-item]");
      dragged.classList.add("is-dragged");
      event.dataTransfer.effectAllowed = "move";
    });
    list.addEventListener("dragover", (event) => {
      if (!dragged) return;
      event.preventDefault();
      over(event.target.closest("[data-item]"));
    });
    list.addEventListener("drop", (event) => {
      const row = event.target.closest("[data-item]");
      if (!dragged || !row || row === dragged) return;
      event.preventDefault();
      const isBelow = rows().indexOf(dragged) < rows().indexOf(row);
      row[isBelow ? "after" : "before"](dragged);
      settle(dragged);
    });
    list.addEventListener("dragend", () => {
      if (dragged) dragged.classList.remove("is-dragged");
      dragged = null;
      over(null);
    });
  });
})();
