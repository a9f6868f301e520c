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
      const place = finding.dataset.at && near(finding.dataset.at);
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
  const { isUnstored, texts, put } = window.statusRules;
  const answer = (key) => document.getElementById(`answer-${key}`);
  const beside = (key, kind) => form.elements.namedItem(`${kind}-${key}`);
  const changed = (area) => area.dispatchEvent(new Event("input", { bubbles: true }));

  /* What became of each answer: stored, or held back because a colleague has answered meanwhile. */
  const button = (text, act) => Object.assign(document.createElement("button"), { type: "button", className: "button button-secondary button-small", textContent: text, onclick: act });
  const hold = (area, key, { theirs, before, message }) => {
    area.dataset.held = "";
    const choice = document.createElement("div");
    choice.className = "finding-choice";
    choice.setAttribute("role", "alert");
    choice.append(Object.assign(document.createElement("p"), { className: "form-error-message", textContent: message }));
    const chosen = (text) => {
      delete area.dataset.held;
      choice.remove();
      beside(key, "before").value = before;
      area.defaultValue = theirs;
      area.value = text;
      changed(area);
      area.focus();
    };
    choice.append(button(texts.answerMine, () => chosen(area.value)), " ", button(texts.answerTheirs, () => chosen(theirs)));
    area.after(choice);
  };
  form.addEventListener("autosaved", ({ detail }) => {
    Object.entries(detail.answers).forEach(([key, told]) => {
      const area = answer(key);
      if (!area) return;
      if ("theirs" in told) hold(area, key, told);
      if (!told.stored) return;
      beside(key, "before").value = told.before;
      area.defaultValue = detail.sent.get(area.name) ?? area.value;
      delete area.dataset.answered;
    });
  });
  form.addEventListener("click", (event) => {
    const undo = event.target.closest("[data-take-back]");
    if (!undo) return;
    event.preventDefault();
    answer(undo.value).value = "";
    changed(answer(undo.value));
    form.dispatchEvent(new CustomEvent("save-now"));
  });

  /* Answers being typed are not thrown away for fresher findings, and whoever stands in the list stays there. */
  const isBusy = () => Boolean(list.querySelector("textarea:focus")) || [...list.querySelectorAll("textarea")].some(isUnstored);
  const keyOf = (element) => element?.closest(".finding")?.querySelector("textarea")?.id;
  let waiting = null;
  list.addEventListener("focusout", () => setTimeout(() => { if (waiting && !isBusy()) refresh(waiting); }, 0));

  const refresh = (detail) => {
    waiting = null;
    const here = list.contains(document.activeElement) ? keyOf(document.activeElement) : null;
    list.innerHTML = detail.findings;
    form.dispatchEvent(new CustomEvent("findings-shown"));
    if (here) (document.getElementById(here)?.closest("details").querySelector("summary") ?? list.querySelector("a, summary"))?.focus();
    const isEmpty = !list.querySelector(".finding");
    list.hidden = isEmpty;
    const item = document.querySelector('[data-nav="findings"]');
    item.hidden = isEmpty;
    const count = item.querySelector("span") ?? item.appendChild(document.createElement("span"));
    count.className = detail.open ? "status-nav-mark" : "status-nav-done";
    count.textContent = detail.open ? put(texts.open, { count: detail.open }) : texts.answered;
    mark();
  };
  form.addEventListener("autosaved", ({ detail }) => {
    if (isBusy()) waiting = detail;
    else refresh(detail);
  });

  /* What cannot be read is said at the field, but not while it is being typed. */
  let unread = [];
  const sayUnread = () => {
    form.querySelectorAll("[data-said]").forEach((old) => old.remove());
    form.querySelectorAll(".entry-error").forEach((entry) => entry.classList.remove("entry-error"));
    unread.forEach(({ anchor, message }) => {
      const input = document.getElementById(anchor);
      const entry = input && input.closest("[data-entry], .form-group");
      if (!entry || input === document.activeElement || "held" in input.dataset) return;
      entry.querySelectorAll(".form-error-message").forEach((old) => old.remove());
      const words = document.createElement("span");
      words.className = "form-error-message";
      words.dataset.said = "";
      words.id = `${anchor}_error`;
      words.textContent = message;
      entry.classList.add("entry-error");
      entry.append(words);
    });
  };
  form.addEventListener("autosaved", ({ detail }) => {
    unread = detail.unread;
    sayUnread();
  });
  /* An answer somebody has left is not looked at again before it is changed. */
  list.addEventListener("focusout", ({ target }) => setTimeout(() => { if (unread.some(({ anchor }) => anchor === target.id)) sayUnread(); }, 0));
  mark();
})();
