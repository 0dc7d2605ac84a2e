// Long work: asks how far it has got every two seconds and, when it is over, shows the page anew.
// The page that the server drew says the same without script.
(() => {
  const OVER = ["done", "failed"];

  function watch(region) {
    const bar = region.querySelector("progress");
    const text = region.querySelector("[data-progress-text]");
    let wait = 2000;

    async function ask() {
      try {
        const answer = await fetch(region.dataset.progressUrl, {
          headers: { Accept: "application/json" }, credentials: "same-origin", redirect: "error",
        });
        if (!answer.ok) throw new Error(String(answer.status));
        const state = await answer.json();
        bar.value = state.percent;
        bar.textContent = `${state.percent}%`;
        if (text.textContent !== state.text) text.textContent = state.text;
        if (OVER.includes(state.state)) {
          window.location.reload();
          return;
        }
        wait = 2000;
      } catch {
        wait = Math.min(wait * 2, 30000);
      }
      window.setTimeout(ask, wait);
    }
    window.setTimeout(ask, wait);
  }

  document.querySelectorAll("[data-progress-url]").forEach(watch);
})();
