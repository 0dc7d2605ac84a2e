// Warns two minutes before an idle session ends, keeps it going when asked, and at its end goes to
// the sign-in page. Times come from the server; another tab that is in use counts as use of this one.
(() => {
  const { idleSeconds, warnSeconds, keepaliveUrl, signinUrl } = document.body.dataset;
  const dialog = document.getElementById("portal-timeout");
  if (!idleSeconds || !dialog || typeof dialog.showModal !== "function") return;
  const SHARED = "portal-last-use";
  const left = dialog.querySelector("[data-timeout-left]");
  let last = Date.now();
  let returnTo = null;

  // Only a time is shared between tabs, nothing of what anybody typed.
  const remember = () => {
    last = Date.now();
    try { localStorage.setItem(SHARED, String(last)); } catch { /* private windows may refuse */ }
  };
  const latest = () => {
    try { last = Math.max(last, Number(localStorage.getItem(SHARED)) || 0); } catch { /* as above */ }
    return last;
  };

  function close() {
    if (!dialog.open) return;
    dialog.close();
    returnTo?.focus();
  }

  function warn() {
    if (dialog.open) return;
    returnTo = document.activeElement;
    left.textContent = "";
    dialog.showModal();
    dialog.querySelector("h2").focus();
  }

  async function stay() {
    const token = dialog.querySelector("[name=csrfmiddlewaretoken]").value;
    try {
      const answer = await fetch(keepaliveUrl, {
        method: "POST", headers: { "X-CSRFToken": token }, credentials: "same-origin",
      });
      if (answer.redirected || answer.status === 401 || answer.status === 403) leave();
      else if (answer.ok) { remember(); close(); } else throw new Error(String(answer.status));
    } catch {
      left.classList.remove("govuk-visually-hidden");
      left.textContent = left.dataset.failed;
    }
  }

  async function leave() {
    // What is still unsaved gets its last chance. Where that fails the page stays, with the text on it
    // and autosave.js saying how to sign in again beside it.
    if ((await window.portalSaveAll?.()) === false) { close(); return; }
    window.portalLeaving = true;
    window.location.assign(signinUrl);
  }

  function tick() {
    const idle = (Date.now() - latest()) / 1000;
    if (idle >= Number(idleSeconds)) { leave(); return; }
    if (idle >= Number(warnSeconds)) {
      warn();
      if (Number(idleSeconds) - idle < 60 && !left.textContent) left.textContent = left.dataset.one;
    } else close();
    window.setTimeout(tick, 1000);
  }

  dialog.addEventListener("cancel", (event) => { event.preventDefault(); stay(); });
  dialog.querySelector("[data-timeout-stay]").addEventListener("click", stay);
  // A save that the server took has also prolonged the session.
  document.addEventListener("portal:saved", remember);
  remember();
  tick();
})();
