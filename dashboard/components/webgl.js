// Tells once when this browser cannot draw with WebGL; a map that needs it would stay empty.

export default function ({ setTriggerValue }) {
  const canvas = document.createElement("canvas");
  if (!canvas.getContext("webgl2")) setTriggerValue("missing", true);
}
