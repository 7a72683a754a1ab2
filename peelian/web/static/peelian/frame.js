// Starts the components, and keeps a running job's progress fresh. No page depends on it.
import { initAll } from "./govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

const wait = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

async function refresh() {
  let part = document.querySelector("[data-refresh]");
  while (part && Number(part.dataset.refresh) > 0) {
    await wait(Number(part.dataset.refresh));
    const answer = await fetch(window.location.href, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = fresh.querySelector("[data-refresh]");
    if (!next || !Number(next.dataset.refresh)) {
      window.location.reload(); // finished: the whole page has more to say
      return;
    }
    part.replaceWith(next);
    part = next;
  }
}

refresh();
