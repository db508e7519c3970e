// A link to another screen that stands in our own HTML leads there as Streamlit's links do: without loading the page
// anew. Streamlit listens to the history, which the reader's own "back" changes in the same way. Without this script, and
// for a new tab, it is a link like any other.

let listening;

export default function () {
  listening?.abort();
  listening = new AbortController();
  document.addEventListener("click", follow, { signal: listening.signal });
}

function follow(click) {
  const link = click.target.closest?.("nav.screens a, .rs td a");
  if (!link || click.defaultPrevented || click.button !== 0) return;
  if (click.ctrlKey || click.metaKey || click.shiftKey || click.altKey) return;
  click.preventDefault();
  history.pushState(null, "", link.href);
  dispatchEvent(new PopStateEvent("popstate"));
  document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
}
