// A button that puts a text on the clipboard. Browsers give `navigator.clipboard` to safe addresses only; a board that
// others reach by a plain address copies through a selection instead.

export default function ({ data: [data], parentElement }) {
  const button = parentElement.querySelector("button");
  button.textContent = data.label;
  button.onclick = async () => {
    const done = navigator.clipboard ? await navigator.clipboard.writeText(data.text).then(() => true, () => false) : false;
    button.textContent = done || selected(data.text) ? data.copied : data.label;
    setTimeout(() => (button.textContent = data.label), 2500);
  };
}

function selected(text) {
  const area = document.body.appendChild(document.createElement("textarea"));
  area.value = text;
  area.style.cssText = "position:fixed;left:-9999px";
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}
