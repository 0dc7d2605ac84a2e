// Beside the three boxes of a date: a date pasted into the first is spread over all three, and a
// button opens the browser's own calendar. Without script the boxes alone do the work.
(() => {
  const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

  function parse(text) {
    const iso = text.trim().match(/^(\d{4})-(\d{1,2})-(\d{1,2})$/);
    if (iso) return { day: iso[3], month: iso[2], year: iso[1] };
    const found = text.trim().match(/^(\d{1,2})(?:st|nd|rd|th)?[\s/.,-]+([a-z]+|\d{1,2})[\s/.,-]+(\d{2,4})$/i);
    if (!found) return null;
    const word = MONTHS.indexOf(found[2].slice(0, 3).toLowerCase());
    return { day: found[1], month: word < 0 ? found[2] : String(word + 1), year: found[3] };
  }

  function fill(boxes, parts) {
    ["day", "month", "year"].forEach((part) => {
      boxes[part].value = part === "year" ? parts[part] : String(Number(parts[part]) || parts[part]);
      boxes[part].dispatchEvent(new Event("input", { bubbles: true }));
      boxes[part].dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  function asIso(boxes) {
    const parts = parse(`${boxes.day.value} ${boxes.month.value} ${boxes.year.value}`);
    if (!parts || parts.year.length !== 4) return "";
    return `${parts.year}-${parts.month.padStart(2, "0")}-${parts.day.padStart(2, "0")}`;
  }

  function addPicker(group, boxes) {
    const native = document.createElement("input");
    if (!("showPicker" in native) || boxes.day.disabled) return;
    native.type = "date";
    native.tabIndex = -1;
    native.className = "portal-picker__native";
    native.setAttribute("aria-hidden", "true");
    const legend = group.closest("fieldset")?.querySelector("legend")?.textContent.trim() || "";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary portal-button--small portal-picker__button";
    button.textContent = group.dataset.pickerLabel;
    if (legend) button.setAttribute("aria-label", `${group.dataset.pickerLabel}: ${legend}`);
    button.addEventListener("click", () => {
      native.value = asIso(boxes);
      native.showPicker();
    });
    native.addEventListener("change", () => {
      if (!native.value) return;
      fill(boxes, parse(native.value));
      button.focus();
    });
    const holder = document.createElement("span");
    holder.className = "portal-picker";
    holder.append(button, native);
    group.append(holder);
  }

  document.querySelectorAll("[data-date-boxes]").forEach((group) => {
    const boxes = {};
    group.querySelectorAll("[data-part]").forEach((box) => { boxes[box.dataset.part] = box; });
    boxes.day.addEventListener("paste", (event) => {
      const parts = parse(event.clipboardData?.getData("text") || "");
      if (!parts) return;
      event.preventDefault();
      fill(boxes, parts);
      boxes.year.focus();
    });
    addPicker(group, boxes);
  });
})();
