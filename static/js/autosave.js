// Saves what is typed inside each [data-autosave-url] as it is typed: after a pause of 1.5 seconds, on
// leaving a field, and every 10 seconds at the latest. docs/design.md has the contract with the server.
(() => {
  const PAUSE = 1500, LATEST = 10000, LONGEST_RETRY = 30000;
  const words = document.getElementById("portal-words")?.dataset;
  const regions = [];
  if (!words) return;

  const say = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");

  // Signing in again in another tab changes the token: the cookie is newer than the page.
  function token() {
    const cookie = document.cookie.split("; ").find((c) => c.split("=")[0].endsWith("csrftoken"));
    return cookie ? cookie.split("=")[1] : document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  }

  class Region {
    constructor(element) {
      this.element = element;
      this.edits = this.saved = this.failures = 0;
      this.status = element.querySelector("[data-autosave-status]") || this.addStatus();
      element.addEventListener("input", (event) => this.edited(event));
      ["change", "focusout"].forEach((kind) => element.addEventListener(kind, () => this.save()));
      element.closest("form")?.addEventListener("submit", (event) => this.submitted(event));
      window.addEventListener("pageshow", () => { this.sent = false; });
    }

    // The form waits for a save under way, or it would come with an older version and clash with itself.
    submitted(event) {
      window.clearTimeout(this.pause);
      window.clearTimeout(this.latest);
      this.latest = undefined;
      this.sent = !this.busy;
      if (this.sent) return;
      const { target, submitter } = event;
      event.preventDefault();
      this.busy.then(() => { if (!this.conflict) target.requestSubmit(submitter); });
    }

    get dirty() { return this.edits > this.saved; }

    addStatus() {
      const status = document.createElement("p");
      status.className = "portal-save-status";
      status.setAttribute("role", "status");
      status.dataset.autosaveStatus = "";
      (this.element.querySelector("footer") || this.element).append(status);
      return status;
    }

    tell(sentence, trouble = false) {
      this.complaint = null;
      if (this.status.textContent !== sentence) this.status.textContent = sentence;
      this.status.classList.toggle("portal-save-status--trouble", trouble);
    }

    fields() {
      return [...this.element.querySelectorAll("input[name], select[name], textarea[name]")].filter(
        (field) => !field.disabled && field.closest("[data-autosave-url]") === this.element,
      );
    }

    body() {
      const body = new URLSearchParams();
      this.fields().forEach((field) => {
        if (["checkbox", "radio"].includes(field.type) && !field.checked) return;
        if (field.name === "csrfmiddlewaretoken" || field.type === "file") return;
        if (field.type === "select-multiple") {
          [...field.selectedOptions].forEach((option) => body.append(field.name, option.value));
        } else body.append(field.name, field.value);
      });
      return body;
    }

    edited(event) {
      if (!event.target.name || event.target.closest("[data-autosave-url]") !== this.element) return;
      this.edits += 1;
      this.refused = false;
      this.last = event.target;
      // "Saved" would be said of these words too; a complaint stands until it is answered.
      if (!this.status.classList.contains("portal-save-status--trouble")) this.tell(words.saving);
      window.clearTimeout(this.pause);
      this.pause = window.setTimeout(() => this.save(), PAUSE);
      this.latest ??= window.setTimeout(() => this.save(), LATEST);
    }

    async save(leaving = false) {
      if (!this.dirty || this.conflict || this.refused || this.sent) return;
      if (this.busy) { await this.busy; if (this.dirty && !this.failures) await this.save(leaving); return; }
      window.clearTimeout(this.pause);
      window.clearTimeout(this.latest);
      this.latest = undefined;
      this.busy = this.send(this.edits, leaving).finally(() => { this.busy = null; });
      await this.busy;
    }

    async send(edits, leaving) {
      if (!this.failures) this.tell(words.saving);
      try {
        const body = this.body();
        const answer = await fetch(this.element.dataset.autosaveUrl || this.element.action, {
          method: "POST", body, redirect: "manual", credentials: "same-origin",
          // A browser lets go of at most 64 kB on the way out.
          keepalive: leaving && body.toString().length < 60000,
          headers: { "X-CSRFToken": token(), Accept: "application/json", "X-Requested-With": "fetch" },
        });
        await this.answered(answer, edits);
      } catch {
        this.retry(words.offline);
      }
    }

    async answered(answer, edits) {
      if (answer.type === "opaqueredirect" || [401, 403].includes(answer.status)) {
        this.retry(words.signin, true);
      } else if (answer.status === 409) {
        this.failures = 0;
        this.showConflict(await answer.json());
      } else if (answer.ok) {
        const result = await answer.json();
        this.saved = edits;
        this.failures = 0;
        this.version(result.version);
        // What was typed since is still to be saved, and "saved" would say otherwise.
        this.tell(this.dirty ? words.saving : say(words.saved, { time: result.saved_at }));
        Object.entries(result.words || {}).forEach(([place, text]) => document
          .querySelectorAll(`[data-words="${place}"]`).forEach((element) => { element.textContent = text; }));
        document.dispatchEvent(new CustomEvent("portal:saved"));
      } else if (answer.status >= 400 && answer.status < 500) {
        const errors = (await answer.json().catch(() => ({}))).errors || {};
        this.refused = edits === this.edits; // what was typed since may be right
        this.tell([words.refused, ...Object.values(errors).flat()].join(" "), true);
      } else throw new Error(String(answer.status));
    }

    retry(sentence, withLink = false) {
      this.failures += 1;
      // Said again word for word it would take the link away under the finger that presses it.
      if (this.complaint !== sentence) this.complain(sentence, withLink);
      window.clearTimeout(this.again);
      this.again = window.setTimeout(() => this.save(), Math.min(2000 * 2 ** this.failures, LONGEST_RETRY));
    }

    complain(sentence, withLink) {
      this.tell(sentence, true);
      this.complaint = sentence;
      if (withLink) {
        const link = document.createElement("a");
        Object.assign(link, { href: document.body.dataset.signinUrl || "/", target: "_blank", rel: "noopener" });
        link.className = "govuk-link";
        link.textContent = words.signinlink;
        this.status.append(" ", link);
      }
    }

    version(number) {
      if (number === undefined) return;
      this.named("version").forEach((field) => { field.value = number; });
    }

    put(name, text) {
      this.named(name).forEach((field) => {
        if (["checkbox", "radio"].includes(field.type)) field.checked = [text].flat().includes(field.value);
        else field.value = text;
      });
    }

    named(name) { return this.fields().filter((field) => field.name === name); }

    // Answers as their labels say them; texts as they are.
    inWords(name, values) {
      const options = this.named(name).flatMap((f) => (f.options ? [...f.options] : f.labels && f.type.match(/radio|checkbox/) ? [f] : []));
      if (!options.length) return values.join(", ");
      return options.filter((o) => values.includes(o.value)).map((o) => (o.text ?? o.labels[0]?.textContent ?? o.value).trim()).join(", ");
    }

    question(name) {
      const [field] = this.named(name);
      const legend = ["radio", "checkbox"].includes(field?.type) && field.closest("fieldset")?.querySelector("legend");
      return (legend || field?.labels?.[0])?.textContent.trim() || "";
    }

    // "theirs" is the text of the field in hand, or an object of field name to text.
    showConflict({ theirs, by, at, version }) {
      const name = this.element.dataset.autosaveField
        || (this.last?.name && this.last.name !== "version" ? this.last.name : "text");
      const texts = theirs !== null && typeof theirs === "object" ? theirs : { [name]: theirs };
      const panel = document.getElementById("portal-conflict").content.firstElementChild.cloneNode(true);
      panel.querySelector("[data-conflict-title]").textContent = say(words.conflict, { by, at });
      const pair = panel.querySelector("[data-conflict-pair]");
      Object.entries(texts).forEach(([key, text]) => {
        const mine = this.inWords(key, this.body().getAll(key));
        const other = this.inWords(key, [text ?? ""].flat().map(String));
        if (mine === other) return;
        const copy = pair.cloneNode(true);
        copy.querySelector("[data-conflict-question]").textContent = this.question(key);
        copy.querySelector("[data-conflict-mine]").textContent = mine;
        copy.querySelector("[data-conflict-theirs]").textContent = other;
        pair.before(copy);
      });
      pair.remove();
      // Taking the panel away moves the focus, and that saves: so the panel goes last.
      const end = (choose) => () => {
        this.version(version);
        choose();
        panel.remove();
        this.conflict = null;
        this.save();
        this.last?.focus();
      };
      const take = () => {
        Object.entries(texts).forEach(([key, text]) => this.put(key, text ?? ""));
        this.saved = this.edits;
        this.tell(say(words.theirs, { by }));
      };
      panel.querySelector("[data-conflict-keep]").addEventListener("click", end(() => { this.edits += 1; }));
      panel.querySelector("[data-conflict-use]").addEventListener("click", end(take));
      this.conflict = panel;
      (this.status.closest("footer") || this.status).before(panel);
      this.tell(words.waiting, true);
    }
  }

  const watch = (place) => place.querySelectorAll("[data-autosave-url]").forEach((each) => regions.push(new Region(each)));
  watch(document);
  document.addEventListener("portal:filled", (event) => watch(event.target)); // forms that come later: fill.js

  const flush = (leaving) => Promise.all(regions.map((region) => region.save(leaving)));
  // For session.js: true when nothing is left unsaved, so that the page may be left.
  window.portalSaveAll = () => Promise.race([flush(true), new Promise((done) => setTimeout(done, 3000))])
    .then(() => !regions.some((region) => region.dirty));
  document.addEventListener("visibilitychange", () => flush(document.visibilityState === "hidden"));
  window.addEventListener("online", () => flush(false));
  // A form that is sent carries its text with it: no warning then.
  document.addEventListener("submit", (event) => { if (!event.defaultPrevented) window.portalLeaving = true; });
  window.addEventListener("pageshow", () => { window.portalLeaving = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!window.portalLeaving && regions.some((region) => region.dirty)) event.preventDefault();
  });
})();
