/* Annexes: files dropped or chosen, several at once, each its own row with the file's name as its title, sent at once with
   a bar that follows them. What is told before sending is judged again by the server, by what is in the file. */
"use strict";

(() => {
  const form = document.querySelector("[data-status-form]");
  const box = form && form.querySelector("[data-drop]");
  if (!box) return;
  const { texts, put } = window.statusRules;
  const set = box.closest("[data-formset]");
  const add = set.querySelector("[data-formset-add]");
  const bar = box.querySelector("progress");
  const note = box.querySelector("[data-drop-note]");
  const types = box.dataset.types.split(",");
  const most = Number(box.dataset.most);
  box.hidden = false;

  const say = (text, isError = false) => {
    note.textContent = text;
    note.classList.toggle("form-error-message", isError);
  };
  const problem = (file) => {
    if (!types.some((type) => file.name.toLowerCase().endsWith(type))) return put(texts.fileType, { name: file.name });
    if (file.size > most) return put(/\.pdf$/i.test(file.name) ? texts.fileSizePdf : texts.fileSize, { name: file.name });
    return file.size ? "" : put(texts.fileEmpty, { name: file.name });
  };
  const part = (row, name) => row.querySelector(`[name$="-${name}"]`);
  const isFree = (row) => !part(row, "attachment_id").value && !part(row, "file").files.length && !part(row, "title").value;
  const freeRow = () => {
    const free = [...set.querySelectorAll("[data-formset-row]")].find(isFree);
    if (free) {
      free.hidden = false;
      return free;
    }
    add.click();
    return [...set.querySelectorAll("[data-formset-row]")].pop();
  };
  const titled = (row, file) => {
    const title = part(row, "title");
    if (!title.value) title.value = file.name.replace(/\.[^.]+$/, "").replace(/[_]+/g, " ").slice(0, 200);
  };
  const take = (files) => {
    const refused = [...files].map(problem).filter(Boolean);
    const good = [...files].filter((file) => !problem(file));
    say(refused.join(" "), true);
    good.forEach((file) => {
      const row = freeRow();
      const carrier = new DataTransfer();
      carrier.items.add(file);
      part(row, "file").files = carrier.files;
      titled(row, file);
    });
    if (good.length) form.dispatchEvent(new CustomEvent("save-now"));
  };

  box.querySelector("input[type=file]").addEventListener("change", (event) => {
    event.stopPropagation();
    take(event.target.files);
    event.target.value = "";
  });
  /* A file chosen in a row of its own. */
  set.addEventListener("change", (event) => {
    const input = event.target;
    if (!input.name?.endsWith("-file") || !input.files.length) return;
    const wrong = problem(input.files[0]);
    say(wrong, true);
    if (wrong) { input.value = ""; return; }
    titled(input.closest("[data-formset-row]"), input.files[0]);
    form.dispatchEvent(new CustomEvent("save-now"));
  });
  /* The empty row is for those without scripts, and for a paper that lies elsewhere. */
  [...set.querySelectorAll("[data-formset-row]")].filter(isFree).forEach((row) => { row.hidden = true; });
  let depth = 0;
  const hover = (isOver) => box.classList.toggle("drop-over", isOver);
  set.addEventListener("dragenter", () => { depth += 1; hover(true); });
  set.addEventListener("dragleave", () => { depth -= 1; hover(depth > 0); });
  set.addEventListener("dragover", (event) => event.preventDefault());
  set.addEventListener("drop", (event) => {
    event.preventDefault();
    depth = 0;
    hover(false);
    take(event.dataTransfer.files);
  });
  /* A file that misses the box must not replace the page. */
  ["dragover", "drop"].forEach((kind) => window.addEventListener(kind, (event) => {
    if (event.dataTransfer?.types.includes("Files") && !event.target.closest("[data-formset]")) event.preventDefault();
  }));

  form.addEventListener("uploading", ({ detail }) => {
    bar.hidden = false;
    bar.value = detail;
  });
  form.addEventListener("autosaved", ({ detail }) => {
    bar.hidden = true;
    Object.entries(detail.annexes).forEach(([prefix, { id, title, address }]) => {
      const row = set.querySelector(`[name="${prefix}-attachment_id"]`).closest("[data-formset-row]");
      const file = part(row, "file");
      part(row, "attachment_id").value = id;
      if (!part(row, "title").value) part(row, "title").value = title;
      if (!file.files.length) return;
      file.value = "";
      const link = Object.assign(document.createElement("a"), { href: address, textContent: texts.fileStored });
      file.closest(".form-group").querySelector(".form-hint").replaceChildren(link);
    });
  });
  form.addEventListener("refused", ({ detail }) => {
    bar.hidden = true;
    detail.fields.filter(({ anchor }) => anchor.endsWith("-file")).forEach(({ anchor, message }) => {
      say(message, true);
      const file = document.getElementById(anchor);
      if (!part(file.closest("[data-formset-row]"), "attachment_id").value) part(file.closest("[data-formset-row]"), "title").value = "";
      file.value = "";
    });
  });
})();
