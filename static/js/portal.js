// Switches on the kit's own behaviours: the menu on a small screen, conditional questions,
// character counts, focus on the error summary, no double submits.
import {
  Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios,
  ServiceNavigation, SkipLink, createAll,
} from "./vendor/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
createAll(Button, { preventDoubleClick: true });
[CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios,
  ServiceNavigation, SkipLink].forEach((component) => createAll(component));

// A question under an answer shows while that answer is chosen. The kit does it with aria-expanded,
// which a radio may not have; the question stands right after its answer, and that is enough.
const reveal = () => document.querySelectorAll("[data-reveals]").forEach((answer) => {
  const question = document.getElementById(answer.dataset.reveals);
  const kind = answer.type === "radio" ? "radios" : "checkboxes";
  question?.classList.toggle(`govuk-${kind}__conditional--hidden`, !answer.checked);
});
document.addEventListener("change", reveal);
window.addEventListener("pageshow", reveal);
reveal();

// Where the browser does not fit a box to its text by itself (field-sizing), we do.
if (!CSS.supports("field-sizing", "content")) {
  const fit = ({ target }) => {
    if (!target.matches(".portal-answer textarea")) return;
    target.style.height = "auto";
    target.style.height = `${target.scrollHeight + 4}px`;
  };
  ["input", "focusin"].forEach((kind) => document.addEventListener(kind, fit));
}

// A printed page shows what is inside each "details", whatever was folded on the screen.
window.addEventListener("beforeprint", () => {
  document.querySelectorAll("details:not([open])").forEach((details) => {
    details.open = true;
    details.dataset.openedForPrint = "";
  });
});
window.addEventListener("afterprint", () => {
  document.querySelectorAll("details[data-opened-for-print]").forEach((details) => {
    details.open = false;
    delete details.dataset.openedForPrint;
  });
});
