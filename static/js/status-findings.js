/* What the rules notice, fresh after every save, and said again at the field it is about. */
"use strict";

(() => {
  const form = document.querySelector("[data-status-form]");
  if (!form) return;
  const list = form.querySelector("[data-findings]");

  const near = (anchor) => {
    const target = document.getElementById(anchor);
    if (!target || list.contains(target)) return null;
    return target.matches("fieldset") ? target.querySelector(".sum, .table-scroll") : target.closest("[data-entry], .entry-row, .form-group, td");
  };
  const mark = () => {
    form.querySelectorAll(".entry-finding").forEach((old) => old.remove());
    list.querySelectorAll(".finding:not(.finding-answered)").forEach((finding, number) => {
      const link = finding.querySelector(".finding-fix");
      const place = link && near(link.hash.slice(1));
      if (!place) return;
      finding.id = `finding-${number}`;
      const note = document.createElement("a");
      note.className = `entry-finding${finding.classList.contains("finding-blocking") ? " entry-finding-blocking" : ""}`;
      note.href = `#${finding.id}`;
      note.textContent = finding.querySelector(".finding-message").textContent;
      if (place.matches(".sum, .table-scroll")) place.after(note);
      else place.append(note);
    });
  };
  /* Answers being typed are not thrown away for fresher findings. */
  const isBusy = () => list.contains(document.activeElement) || [...list.querySelectorAll("textarea")].some((area) => area.value !== area.defaultValue);

  form.addEventListener("autosaved", ({ detail }) => {
    if (isBusy()) return;
    list.innerHTML = detail.findings;
    const isEmpty = !list.querySelector(".finding");
    list.hidden = isEmpty;
    const item = document.querySelector('[data-nav="findings"]');
    item.hidden = isEmpty;
    const count = item.querySelector("span") ?? item.appendChild(document.createElement("span"));
    count.className = detail.open ? "status-nav-mark" : "status-nav-done";
    count.textContent = detail.open || window.statusRules.texts.answered;
    mark();
  });

  /* What cannot be read is said at the field, but not while it is being typed. */
  form.addEventListener("autosaved", ({ detail }) => {
    form.querySelectorAll("[data-said]").forEach((old) => old.remove());
    form.querySelectorAll(".entry-error").forEach((entry) => entry.classList.remove("entry-error"));
    detail.unread.forEach(({ anchor, message }) => {
      const input = document.getElementById(anchor);
      const entry = input && input.closest("[data-entry], .form-group");
      if (!entry || input === document.activeElement) return;
      entry.querySelectorAll(".form-error-message").forEach((old) => old.remove());
      const words = document.createElement("span");
      words.className = "form-error-message";
      words.dataset.said = "";
      words.id = `${anchor}_error`;
      words.textContent = message;
      entry.classList.add("entry-error");
      entry.append(words);
    });
  });
  mark();
})();
