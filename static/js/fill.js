// On the page of all questions the form stands once, in a <template>, and each question is there to be read.
// What is unfolded becomes a form here. Without script a link at the marker leads to the same forms.
(() => {
  const OPEN = "details[open] [data-version]";

  function drawn(picture, marker, number) {
    const made = document.createElement("template");
    made.innerHTML = picture.innerHTML.replaceAll("{marker}", marker).replaceAll("{number}", number);
    return made.content.querySelector("form");
  }

  function fill(section) {
    const [kind, marker, number] = section.id.split("-");
    const picture = document.getElementById(`portal-form-${kind}`);
    const form = drawn(picture, marker, number);
    const read = section.querySelector("[data-read]");
    form.elements.version.value = section.dataset.version;
    [...form.querySelectorAll("[name=judgement]")].forEach((radio) => {
      radio.defaultChecked = radio.value === section.dataset.judgement;
    });
    read.querySelectorAll("[data-text]").forEach((text) => {
      form.elements[text.dataset.text].defaultValue = text.textContent;
    });
    if ("lacks" in section.dataset) form.querySelector("[data-reason] label").firstChild.data = `${picture.dataset.lacks} `;
    const saved = read.querySelector("footer");
    if (saved) {
      const history = saved.querySelector("a");
      form.querySelector("footer").append(" ", history);
      form.querySelector("footer p").textContent = saved.textContent.trim();
    }
    delete section.dataset.version;
    read.replaceWith(form);
  }

  function fillOpen() {
    document.querySelectorAll(OPEN).forEach((section) => {
      fill(section);
      section.dispatchEvent(new CustomEvent("portal:filled", { bubbles: true }));
    });
  }

  fillOpen();
  document.addEventListener("toggle", fillOpen, true);
})();
