// Tells what the server cannot know: that this browser has no WebGL (a map that needs it would stay empty), and
// whether its screen is a phone's.

export default function ({ data: [data], setTriggerValue, setStateValue }) {
  if (!document.createElement("canvas").getContext("webgl2")) return setTriggerValue("missing", true);
  const narrow = innerWidth < 700;
  if (narrow !== data.narrow) setStateValue("narrow", narrow);
}
