// A passkey that was cancelled or refused: says so on the page, where allauth only tells the console.
document.addEventListener("allauth.error", (event) => {
  const place = document.querySelector("[data-passkey-problem]");
  if (!place) return;
  event.preventDefault();
  place.textContent = "";
  window.setTimeout(() => { place.textContent = place.dataset.text; }, 50);
});
