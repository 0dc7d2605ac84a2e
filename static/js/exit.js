// "Exit this page": the page goes blank at once and is replaced, so that "back" does not lead to it.
(() => {
  const link = document.querySelector("[data-exit]");
  const WITHIN = 2000;
  let presses = [];

  const leave = () => {
    document.documentElement.hidden = true;
    document.title = link.hostname;
    window.portalLeaving = true; // autosave.js asks nothing on the way out
    window.location.replace(link.href);
  };

  link.addEventListener("click", (event) => { event.preventDefault(); leave(); });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    presses = [...presses.filter((at) => event.timeStamp - at < WITHIN), event.timeStamp];
    if (presses.length === 3) leave();
  });
})();
