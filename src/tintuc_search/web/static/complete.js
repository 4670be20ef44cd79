// Completes the query while it is typed: a combobox with a list, as the ARIA practices describe it. The box searches
// without this file, too.
"use strict";

{
  const WAIT = 120; // ms after the last key; a fast typist strikes one every 100 to 150
  const box = document.getElementById("q");
  const known = new Map();
  let list, options = [], active = -1, timer, asked;

  const setUp = () => {
    list = document.createElement("ul");
    list.id = "completions";
    list.className = "completions";
    list.role = "listbox";
    list.ariaLabel = box.dataset.label;
    list.hidden = true;
    box.after(list);
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
    for (const [name, value] of Object.entries(attributes)) box.setAttribute(name, value);
    box.addEventListener("input", later);
    box.addEventListener("keydown", press);
    box.addEventListener("blur", close);
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) choose(options.indexOf(option));
    });
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(complete, WAIT);
  };

  const complete = async () => {
    const text = box.value;
    asked?.abort();
    if (!text.trim()) return close();
    asked = new AbortController();
    try {
      const found = known.get(text) ?? (await ask(text, asked.signal));
      known.set(text, found);
      if (text === box.value && box === document.activeElement) show(found);
    } catch {
      close(); // the next key asks again; searching needs no completion
    }
  };

  const ask = async (text, signal) => {
    const answer = await fetch(`${box.dataset.complete}?${new URLSearchParams({ q: text })}`, { signal });
    return answer.ok ? (await answer.json()).completions : [];
  };

  const show = (found) => {
    options = found.map((completion, index) => makeOption(completion, index));
    list.replaceChildren(...options);
    list.hidden = !options.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    activate(-1);
  };

  const makeOption = ({ text, kind }, index) => {
    const option = document.createElement("li");
    option.id = `completion-${index}`;
    option.role = "option";
    option.ariaSelected = "false";
    option.dataset.text = text;
    const value = document.createElement("span");
    value.lang = "vi";
    value.textContent = text;
    const label = document.createElement("span");
    label.className = "kind";
    label.textContent = JSON.parse(box.dataset.kinds)[kind] ?? "";
    option.append(value, " ", label);
    return option;
  };

  const activate = (index) => {
    active = index;
    options.forEach((option, number) => { option.ariaSelected = String(number === index); });
    if (index < 0) return box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-activedescendant", options[index].id);
    options[index].scrollIntoView({ block: "nearest" });
  };

  const close = () => {
    clearTimeout(timer);
    asked?.abort();
    show([]);
  };

  const choose = (index) => {
    box.value = options[index].dataset.text;
    close();
    box.form.requestSubmit();
  };

  const press = (event) => {
    if (event.isComposing || list.hidden) return;
    const count = options.length + 1; // the box itself is a stop on the way round
    const actions = {
      ArrowDown: () => activate(((active + 2) % count) - 1),
      ArrowUp: () => activate(((active + count) % count) - 1),
      Escape: close,
      ...(active >= 0 && { Enter: () => choose(active) }),
    };
    if (!Object.hasOwn(actions, event.key)) return;
    event.preventDefault();
    actions[event.key]();
  };

  if (box?.dataset.complete) setUp();
}
