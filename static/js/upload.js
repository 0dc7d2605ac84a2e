// Files are dropped on a file field, several are sent one after another, and each shows how far it
// has come. Without script the one file that was chosen goes with the form.
(() => {
  const OVER = "portal-drop--over";

  class Upload {
    constructor(form) {
      this.form = form;
      this.words = form.dataset;
      this.field = form.querySelector("input[type=file]");
      this.place = form.querySelector("[data-upload-progress]");
      this.button = form.querySelector("button");
      // A file that is tried again goes under its first token: perhaps it had arrived.
      this.tokens = new Map();
      this.field.multiple = "uploadMany" in form.dataset;
      form.addEventListener("submit", (event) => this.submit(event));
      this.takeDrops(this.field.closest(".govuk-form-group"));
    }

    takeDrops(zone) {
      const hint = document.createElement("p");
      hint.className = "govuk-hint portal-drop__hint";
      hint.textContent = this.words.wordsDrop;
      this.field.after(hint);
      zone.classList.add("portal-drop");
      ["dragenter", "dragover"].forEach((kind) => zone.addEventListener(kind, (event) => {
        event.preventDefault();
        zone.classList.add(OVER);
      }));
      ["dragleave", "drop"].forEach((kind) => zone.addEventListener(kind, () => zone.classList.remove(OVER)));
      zone.addEventListener("drop", (event) => {
        event.preventDefault();
        this.choose([...event.dataTransfer.files].slice(0, this.field.multiple ? undefined : 1));
      });
    }

    choose(files) {
      const held = new DataTransfer();
      files.forEach((file) => held.items.add(file));
      this.field.files = held.files;
      this.field.dispatchEvent(new Event("change", { bubbles: true }));
    }

    async submit(event) {
      const files = [...this.field.files];
      if (!files.length) return; // the page of the server says what is missing
      event.preventDefault();
      if (this.button.disabled) return;
      this.button.disabled = true;
      this.place.replaceChildren();
      const failed = [];
      let last;
      for (const file of files) {
        const answer = await this.send(file, files.length);
        if (answer) last = answer;
        else failed.push(file);
      }
      this.button.disabled = false;
      if (!failed.length) {
        window.location.assign(last.url);
        return;
      }
      this.choose(failed);
      if (failed.length < files.length) this.say(this.place, "govuk-body", this.words.wordsSome);
      this.place.querySelector(".govuk-error-message")?.focus();
    }

    // What the server answered, or null when this file was not kept.
    send(file, among) {
      const row = this.row(file);
      if (file.size > Number(this.words.uploadMost)) {
        row.fail([`“${file.name}” ${this.words.wordsLarge}`]);
        return Promise.resolve(null);
      }
      return new Promise((resolve) => {
        const request = new XMLHttpRequest();
        request.open("POST", window.location.href);
        request.setRequestHeader("Accept", "application/json");
        request.responseType = "json";
        request.upload.addEventListener("progress", ({ loaded, total }) => row.tell(loaded / total));
        request.addEventListener("load", () => {
          const answer = request.response;
          if (request.status === 200 && answer?.url) {
            row.done(answer.text);
            resolve(answer);
            return;
          }
          const isHere = request.responseURL.split("?")[0] === window.location.href.split("?")[0];
          const why = isHere ? this.words.wordsFailed : this.words.wordsSignin;
          row.fail(answer?.errors || [`“${file.name}” ${why}`]);
          resolve(null);
        });
        request.addEventListener("error", () => {
          row.fail([`“${file.name}” ${this.words.wordsFailed}`]);
          resolve(null);
        });
        request.send(this.body(file, among));
      });
    }

    body(file, among) {
      const body = new FormData(this.form);
      body.set(this.field.name, file);
      // One title can't be that of several files: each takes its own name then.
      if (among > 1) body.delete("title");
      if (!this.tokens.has(file)) {
        this.tokens.set(file, `${body.get("token").slice(0, 50)}-${this.tokens.size}`);
      }
      body.set("token", this.tokens.get(file));
      return body;
    }

    row(file) {
      const region = document.createElement("div");
      region.className = "portal-progress";
      const bar = document.createElement("progress");
      bar.className = "portal-progress__bar";
      bar.max = 100;
      bar.setAttribute("aria-label", file.name);
      region.append(bar);
      const status = this.say(region, "govuk-body", `“${file.name}” ${this.words.wordsSending}`);
      status.setAttribute("role", "status");
      this.place.append(region);
      return {
        tell: (share) => {
          bar.value = Math.round(share * 100);
          if (share === 1) status.textContent = `“${file.name}” ${this.words.wordsChecking}`;
        },
        done: (text) => { bar.remove(); status.textContent = text; },
        fail: (errors) => {
          bar.remove();
          status.remove();
          errors.forEach((error) => {
            const message = this.say(region, "govuk-error-message", error);
            message.tabIndex = -1;
            message.setAttribute("role", "alert");
          });
        },
      };
    }

    say(place, style, text) {
      const paragraph = document.createElement("p");
      paragraph.className = style;
      paragraph.textContent = text;
      place.append(paragraph);
      return paragraph;
    }
  }

  document.querySelectorAll("[data-upload]").forEach((form) => new Upload(form));
})();
