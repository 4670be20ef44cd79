// "/" goes to the search box, j and k to the next and previous result. Pages work without this file.
"use strict";

const typing = (target) => target instanceof Element && target.matches("input, textarea, select");

const goToBox = () => {
  const box = document.getElementById("q");
  if (!box) return false;
  box.focus();
  box.select();
  return true;
};

const step = (by) => {
  const links = [...document.querySelectorAll(".hit h2 a")];
  const next = links[Math.max(links.indexOf(document.activeElement) + by, 0)];
  if (!next) return false;
  next.focus();
  return true;
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  const actions = { "/": goToBox, j: () => step(1), k: () => step(-1) };
  const action = Object.hasOwn(actions, event.key) ? actions[event.key] : undefined;
  if (action && action()) event.preventDefault();
});
