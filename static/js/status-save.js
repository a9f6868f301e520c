/* A form saves itself a moment after the last keystroke, through the same action as the button. What the server has not
   got yet is kept in the browser and offered back. A project's month does, the note that is composed, a letter, and a
   proposal: any form with data-kept (its name in this browser), data-autosave (where it is saved) and data-alive. */
"use strict";

(() => {
  const form = document.querySelector("form[data-kept]");
  if (!form) return;
  const { isUnstored, texts, put } = window.statusRules;
  const kept = window.keptText;
  const name = form.dataset.kept;
  const PAUSE = 1500;
  const WAITS = [3000, 6000, 12000, 30000];
  const OWN = /^(csrfmiddlewaretoken|version|base|writer|move|seen|answer-.*|place-.*|before-.*|choose-.*)$/;

  const line = form.querySelector("[data-save-state]");
  const field = (key) => form.elements.namedItem(key);
  const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? field("csrfmiddlewaretoken").value;
  /* Answers to findings come along when they say something else than what is stored. One that a colleague has answered
     meanwhile waits until the person has chosen. */
  const answers = () => [...form.querySelectorAll('[name^="answer-"]')].filter(isUnstored);
  const answerEntries = (areas) => areas.flatMap((area) => ["answer", "place", "before"].map((kind) => {
    const part = area.name.replace("answer", kind);
    return [part, field(part).value];
  }));
  const fields = () => [...new FormData(form)].filter(([key, value]) => !OWN.test(key) && !(value instanceof File && !value.name));
  const entries = () => [...fields(), ...answerEntries(answers().filter((area) => !("held" in area.dataset)))];
  const contents = () => JSON.stringify(entries().map(([key, value]) => [key, value.name ?? value]));

  let saved = "stored" in form.dataset ? contents() : null;
  let flight = null;
  let failed = null;
  let failures = 0;
  let isStopped = !form.dataset.autosave;
  let timer;
  const isDirty = () => contents() !== saved;

  /* The line beside the buttons ------------------------------------------------ */
  const say = (text, { state = "", action, act, href } = {}) => {
    line.replaceChildren(text);
    line.dataset.state = state;
    if (!action) return;
    const link = document.createElement(href ? "a" : "button");
    link.textContent = action;
    link.className = "function-link";
    if (href) Object.assign(link, { href, target: "_blank" });
    else Object.assign(link, { type: "button", onclick: act });
    line.append(" ", link);
  };

  /* What the browser keeps -------------------------------------------------------- */
  const keep = () => {
    if (!isDirty() && !answers().length) { kept.forget(name); return; }
    const texts = [...fields(), ...answerEntries(answers())].filter(([, value]) => typeof value === "string");
    kept.save(name, { at: Date.now(), version: field("version").value, base: field("base").value, fields: texts });
  };

  /* Saving ------------------------------------------------------------------------ */
  const payload = () => {
    const data = new FormData();
    entries().forEach(([key, value]) => data.append(key, value));
    ["version", "base", "writer"].forEach((key) => data.append(key, field(key).value));
    const hasFile = entries().some(([, value]) => value instanceof File);
    return { data, contents: contents(), answers: new Map(answers().map((area) => [area.name, area.value])), hasFile };
  };
  const send = (attempt) => new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.dataset.autosave);
    request.responseType = "json";
    request.timeout = attempt.hasFile ? 0 : 30000;
    request.setRequestHeader("X-CSRFToken", token());
    request.onloadend = () => resolve({ status: request.status, answer: request.response });
    if (attempt.hasFile) {
      request.upload.onprogress = (event) => {
        const percent = Math.round((100 * event.loaded) / event.total);
        say(put(texts.uploading, { percent }).replace("%%", "%"));
        form.dispatchEvent(new CustomEvent("uploading", { detail: percent }));
      };
    }
    request.send(attempt.data);
  });
  const save = async () => {
    clearTimeout(timer);
    if (isStopped || flight || !(failed || isDirty())) return;
    /* What was under way when the connection broke may have arrived: the very same once more is never a conflict. */
    const attempt = failed ?? payload();
    say(texts.saving);
    flight = send(attempt);
    const { status, answer } = await flight;
    flight = null;
    failed = null;
    (({ 200: taken, 401: loggedOut, 403: tooOld, 409: inTheWay, 413: tooMuch, 422: refused })[status] ?? broken)(answer, attempt);
  };
  const taken = (answer, attempt) => {
    failures = 0;
    field("version").value = answer.version;
    field("base").value = answer.base;
    const isAllOfIt = attempt.hasFile || contents() === attempt.contents;
    form.dispatchEvent(new CustomEvent("autosaved", { detail: { ...answer, sent: attempt.answers } }));
    saved = isAllOfIt ? contents() : attempt.contents;
    keep();
    if (isDirty()) { schedule(); return; }
    say(answer.saved, { state: "saved" });
    if (!answers().length) form.dispatchEvent(new CustomEvent("saved", { bubbles: true }));
  };
  const broken = (_answer, attempt) => {
    failed = attempt;
    say(texts.offline, { state: "offline", action: texts.tryNow, act: save });
    timer = setTimeout(save, WAITS[Math.min(failures, WAITS.length - 1)]);
    failures += 1;
  };
  const loggedOut = (answer) => say(answer.message, { state: "offline", action: texts.logIn, href: answer.login });
  const tooOld = (answer) => {
    isStopped = answer?.reason === "writer";
    if (isStopped) { kept.forget(name); say(answer.message, { state: "refused" }); return; }
    say(texts.tooOld, { state: "refused", action: texts.reload, act: () => { window.onbeforeunload = null; window.location.reload(); } });
  };
  const tooMuch = () => say(texts.tooMuch, { state: "refused" });
  const inTheWay = (answer) => {
    isStopped = true;
    const action = answer.reason === "conflict" ? texts.seeDifferences : texts.seeWhat;
    say(answer.message, { state: "refused", action, act: () => form.requestSubmit() });
  };
  const refused = (answer) => {
    const list = document.createElement("span");
    answer.fields.forEach(({ anchor, label, message }) => {
      const link = document.createElement(anchor ? "a" : "span");
      link.textContent = label ? `${label}: ${message}` : message;
      if (anchor) { link.href = `#${anchor}`; link.dataset.jump = ""; }
      list.append(" ", link);
    });
    say(answer.message, { state: "refused" });
    line.append(list);
    form.dispatchEvent(new CustomEvent("refused", { detail: answer }));
  };
  const schedule = (pause = PAUSE) => {
    clearTimeout(timer);
    if (!isStopped) timer = setTimeout(save, pause);
  };
  let keeping;
  const changed = () => {
    clearTimeout(keeping);
    keeping = setTimeout(keep, 300);
    if (isStopped) { if (!form.dataset.autosave) say(isDirty() ? texts.unsaved : ""); return; }
    if (failures === 0 && !flight) say(isDirty() ? texts.unsaved : line.textContent);
    schedule();
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("rows-changed", changed);
  /* Fresh findings are no text of the person's. */
  form.addEventListener("findings-shown", () => {
    if (saved !== null && !isDirty() && !answers().length) form.dispatchEvent(new CustomEvent("saved", { bubbles: true }));
  });
  form.addEventListener("save-now", () => schedule(0));
  window.addEventListener("online", () => schedule(0));
  window.addEventListener("focus", () => { if (isDirty()) schedule(0); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) { keep(); schedule(0); } });
  window.addEventListener("pagehide", keep);

  /* The buttons: never sent into a dead line, and never beside a save that is under way ------------- */
  let isPassing = false;
  form.addEventListener("submit", async (event) => {
    if (isPassing) return;
    event.preventDefault();
    const { submitter } = event;
    clearTimeout(timer);
    keep();
    await flight;
    clearTimeout(timer);
    const answer = await fetch(form.dataset.alive, { method: "HEAD", cache: "no-store" }).catch(() => null);
    if (!answer?.ok) {
      failures = Math.max(failures, 1);
      say(texts.notSent, { state: "offline", action: texts.tryNow, act: () => form.requestSubmit(submitter) });
      schedule(WAITS[0]);
      return;
    }
    if (submitter?.matches("[formaction], [name=send]")) kept.markSent(name);
    field("csrfmiddlewaretoken").value = token();
    isPassing = true;
    form.requestSubmit(submitter);
  });
  window.addEventListener("pageshow", () => { isPassing = false; });

  /* Text from last time that never arrived --------------------------------------------------------- */
  const offer = document.querySelector("[data-kept-offer]");
  /* An answer belongs to its finding; where the figures have changed since, to the one at the same place. */
  const restoreAnswers = (values) => [...values].filter(([key]) => key.startsWith("answer-")).forEach(([key, text]) => {
    const place = [...form.querySelectorAll('[name^="place-"]')].find((input) => input.value === values.get(key.replace("answer", "place")));
    const area = field(key) ?? (place && field(place.name.replace("place", "answer")));
    if (!area) return;
    area.value = text;
    area.closest("details").open = true;
  });
  const restore = (copy) => {
    const values = new Map(copy.fields);
    form.querySelectorAll("[data-formset], [data-rows]").forEach((box) => {
      const prefix = box.dataset.formset ?? box.dataset.rows;
      const total = field(`${prefix}-TOTAL_FORMS`);
      /* A press may show a spare row before it adds one. */
      for (let press = 0; press < 100 && Number(total.value) < Number(values.get(`${prefix}-TOTAL_FORMS`)); press += 1) {
        box.querySelector("[data-formset-add], [data-rows-add]").click();
      }
    });
    const carried = new Set(copy.fields.filter(([key]) => key === "carried").map(([, value]) => value));
    restoreAnswers(values);
    [...form.elements].forEach((input) => {
      if (!input.name || OWN.test(input.name) || ["hidden", "file", "submit", "button"].includes(input.type)) return;
      if (input.type === "radio") input.checked = values.get(input.name) === input.value;
      else if (input.type === "checkbox") input.checked = copy.fields.some(([key, value]) => key === input.name && value === input.value);
      else if (values.has(input.name)) input.value = values.get(input.name);
      const entry = input.closest("[data-entry]");
      if (entry && !carried.has(input.name)) entry.dispatchEvent(new CustomEvent("touch", { bubbles: true }));
    });
    field("version").value = copy.version;
    field("base").value = copy.base;
    form.dispatchEvent(new CustomEvent("restored", { detail: copy }));
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const copy = kept.load(name);
  if (copy && saved !== null && JSON.stringify(copy.fields) !== saved) {
    const at = new Date(copy.at);
    const day = at.toLocaleDateString("da-DK", { day: "numeric", month: "long" });
    const time = at.toLocaleTimeString("da-DK", { hour: "2-digit", minute: "2-digit" });
    offer.querySelector("[data-kept-heading]").textContent = put(texts.keptFrom, { day, time });
    offer.hidden = false;
    offer.querySelector("[data-kept-restore]").addEventListener("click", () => { offer.hidden = true; restore(copy); });
    offer.querySelector("[data-kept-forget]").addEventListener("click", () => { offer.hidden = true; kept.forget(name); });
  }
  document.querySelector("#discard-dialog form")?.addEventListener("submit", () => kept.forget(name));
  /* A draft with a value that could not be read is saved all the same: leaving it asks no questions. */
  if (saved !== null) form.dispatchEvent(new CustomEvent("saved", { bubbles: true }));
})();
