// Streamlit says its own words to screen readers in English, in scripts that are served as they are: here they are said
// in the language of the page, wherever and whenever they appear.

const SAID = ["aria-label", "alt", "title", "placeholder"];
const ANY = SAID.map((name) => `[${name}]`).join();
const COUNTED = /^(\d+) options? available\.$/;
let watching;
let spoken = new Map();

export default function ({ data: [data] }) {
  watching?.disconnect();
  const words = new Map(Object.entries(data.words));
  // After a change of language what stands there is in the other one.
  const once = new Map([...words, ...[...spoken].map(([own, said]) => [said, words.get(own) ?? own])]);
  spoken = words;

  const say = (element, by) => {
    for (const name of SAID) {
      const own = element.getAttribute(name);
      const said = by.get(own) ?? own;
      if (said !== own) element.setAttribute(name, said);
    }
  };
  const announce = (element) => {
    const found = data.options && element.closest("[data-live-announcer]") && COUNTED.exec(element.textContent);
    if (found) element.textContent = data.options.replace("{count}", found[1]);
  };
  const look = (element, by) => {
    if (element.nodeType !== Node.ELEMENT_NODE) return;
    say(element, by);
    announce(element);
    for (const inner of element.querySelectorAll(ANY)) say(inner, by);
  };

  look(document.body, once);
  watching = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "attributes") say(change.target, words);
      else for (const added of change.addedNodes) look(added, words);
    }
  });
  watching.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: SAID });
}
