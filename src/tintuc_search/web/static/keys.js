// "/" goes to the search box, j and k to the next and previous result. Pages work without this file.
"use strict";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
  if (event.key === "/") {
    const box = document.getElementById("q");
    if (box) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  } else if (event.key === "j" || event.key === "k") {
    const links = [...document.querySelectorAll(".hit h2 a")];
    const at = links.indexOf(document.activeElement);
    const next = event.key === "j" ? at + 1 : Math.max(at - 1, 0);
    if (links[next]) links[next].focus();
  }
});
