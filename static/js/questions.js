// From question to question by keyboard. Which keys, and how to switch the single ones off, stands in
// templates/quality_markers/assessments/keys.html. Nothing happens while somebody types.
(() => {
  const OFF = "portal-single-keys-off";
  const dialog = document.getElementById("portal-keys");
  if (!dialog) return;

  const TEXT = "textarea, select, [contenteditable], input:not([type=radio]):not([type=checkbox])";
  const single = dialog.querySelector("[data-keys-single]");
  const offer = document.querySelector("[data-keys-offer]");
  // A browser may forbid us to keep anything: then the keys are on.
  const kept = (work) => { try { return work(window.localStorage); } catch { return null; } };
  single.checked = !kept((store) => store.getItem(OFF));
  single.addEventListener("change", () => kept((store) => (single.checked ? store.removeItem(OFF) : store.setItem(OFF, "1"))));
  offer.hidden = false;
  offer.querySelector("[data-keys-open]").addEventListener("click", () => dialog.showModal());

  let last = null;
  const questions = () => [...document.querySelectorAll("section.portal-answer")].filter((each) => each.getClientRects().length);
  const here = () => document.activeElement?.closest("section.portal-answer");
  document.addEventListener("focusin", () => { last = here() || last; });

  // Where nobody has been yet, the first that is not above the window.
  function neighbour(step) {
    const all = questions();
    const from = all.indexOf(here() || last);
    if (from >= 0) return all[from + step];
    const below = all.findIndex((each) => each.getBoundingClientRect().top >= 0);
    return all[step > 0 ? below : below - 1];
  }

  function judgement(question) {
    return question.querySelector("[name=judgement]:checked") || question.querySelector("[name=judgement]");
  }

  function enter(question) {
    if (!question) return false;
    let place = judgement(question) || question.querySelector("textarea");
    if (!place) {
      place = question.querySelector("h2, h3");
      place.tabIndex = -1;
    }
    place.focus({ preventScroll: true });
    question.scrollIntoView({ block: "start" });
    return true;
  }

  function choose(number, target) {
    const among = target.closest("fieldset")?.querySelectorAll("[name=judgement]");
    const wanted = among?.[number - 1];
    if (!wanted) return false;
    wanted.focus();
    wanted.click();
    return true;
  }

  function go(place) {
    place?.focus();
    return Boolean(place);
  }

  const LETTERS = {
    j: () => enter(neighbour(1)),
    k: () => enter(neighbour(-1)),
    n: () => go(here()?.querySelector("[name=narrative], [name=text]")),
    "?": () => { dialog.showModal(); return true; },
  };

  function pressed({ key, altKey, ctrlKey, metaKey, target }) {
    if (ctrlKey || metaKey) return false;
    if (altKey) {
      if (!["PageDown", "PageUp"].includes(key)) return false;
      return enter(neighbour(key === "PageDown" ? 1 : -1));
    }
    const typing = target.closest(TEXT);
    if (key === "Escape") return Boolean(typing && here()) && go(judgement(here()));
    if (typing || !single.checked) return false;
    if (/^[1-5]$/.test(key)) return choose(Number(key), target);
    return LETTERS[key.length === 1 ? key.toLowerCase() : key]?.() || false;
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
    if (event.target instanceof Element && pressed(event)) event.preventDefault();
  });
})();
