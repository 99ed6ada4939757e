// Offers values of the index while somebody types: in the search box as field:"…", in the box of a facet as a filter.
// Everything works without it: each box is a plain field of the form, and a filter takes a name.
"use strict";

const WAIT = 120; // milliseconds of rest before asking: most people's next key comes sooner
const LEAST = 2; // letters in the search box; one letter begins half of all names
const MOST_WORDS = 4; // of the search box's last words that may be one name

const kinds = JSON.parse(document.body.dataset.kinds);
for (const box of document.querySelectorAll("input[data-suggest]")) attach(box);

for (const form of document.querySelectorAll("form.search")) {
  const blank = () => [...form.elements].filter((field) => field.name && !field.value);
  form.addEventListener("submit", () => blank().forEach((field) => (field.disabled = true))); // a short address
  window.addEventListener("pageshow", () => blank().forEach((field) => (field.disabled = false))); // "back" shows the page as it was left
}

function attach(box) {
  const kind = box.dataset.suggest; // "" in the search box
  const list = document.createElement("ul");
  list.id = `offers-${kind || "q"}`;
  list.className = "offers";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Gợi ý · Suggestions");
  box.after(list);
  box.autocomplete = "off";
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) box.setAttribute(name, value);

  let shown = []; // the offers in the list, each with `start`: where the text that it replaces begins
  let active = -1;
  let timer = 0;
  let asked = new AbortController();

  async function ask() {
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    try {
      for (const [start, from] of kind ? [[0, 0]] : starts(box)) {
        const parameters = new URLSearchParams({ q: box.value.slice(from, box.selectionEnd).trimStart() });
        if (kind) parameters.set("kind", kind);
        const answer = await fetch(`/api/suggest?${parameters}`, { signal });
        if (!answer.ok) break; // the search itself will say what is wrong
        const { suggestions } = await answer.json();
        if (signal.aborted) return;
        if (suggestions.length) return show(suggestions.map((offer) => ({ ...offer, start })));
      }
      close();
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  function show(offers) {
    shown = offers;
    list.replaceChildren(...offers.map(option));
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
    point(-1);
  }

  function option(offer, place) {
    const line = document.createElement("li");
    line.id = `${list.id}-${place}`;
    line.setAttribute("role", "option");
    const [vietnamese, english] = kinds[offer.kind];
    line.append(piece("name", offer.label), ...(kind ? [] : [piece("kind", vietnamese), piece("en", english, "en")]), piece("count", offer.count.toLocaleString("vi")));
    line.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    line.addEventListener("click", () => pick(offer));
    return line;
  }

  function piece(style, text, language) {
    const span = document.createElement("span");
    span.className = style;
    span.textContent = text;
    if (language) span.lang = language;
    return span;
  }

  function pick(offer) {
    close();
    if (kind) {
      box.value = offer.value;
      box.form.requestSubmit();
      return;
    }
    const before = `${box.value.slice(0, offer.start)}${offer.query} `;
    box.value = before + box.value.slice(box.selectionEnd).trimStart();
    box.setSelectionRange(before.length, before.length);
  }

  function point(place) {
    list.children[active]?.removeAttribute("aria-selected");
    active = place;
    const line = list.children[active];
    line?.setAttribute("aria-selected", "true");
    line?.scrollIntoView({ block: "nearest" });
    if (line) box.setAttribute("aria-activedescendant", line.id);
    else box.removeAttribute("aria-activedescendant");
  }

  function close() {
    clearTimeout(timer);
    asked.abort();
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    point(-1);
  }

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // Telex and VNI are still putting the letter together
    const count = shown.length;
    if (event.key === "ArrowDown" && list.hidden && !event.altKey) ask();
    else if (list.hidden) return;
    else if (event.key === "ArrowDown") point((active + 2) % (count + 1) - 1); // past the last one: none, so that Enter searches
    else if (event.key === "ArrowUp") point((active + count + 1) % (count + 1) - 1);
    else if (event.key === "Enter" && active >= 0) pick(shown[active]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
}

// Where a name may begin that ends at the cursor, as [start of what an offer replaces, start of the name]: at each of the last words, the earliest
// first; behind "tỉnh:" the field's name is replaced too. Nowhere inside quotes, nor beside NEAR, which takes no field.
function starts(box) {
  const typed = box.value.slice(0, box.selectionEnd);
  if ((typed.match(/["“”]/g) ?? []).length % 2) return [];
  const from = Math.max(...['"', "”", "»", "(", ")", ":"].map((sign) => typed.lastIndexOf(sign) + 1), typed.search(/(?<=\b(?:AND|OR|NOT)\s)(?!.*\b(?:AND|OR|NOT)\s)/));
  const words = [...typed.slice(from).matchAll(/\S+/g)].map((word) => from + word.index);
  const field = /[^\s()"“”]+:$/.exec(typed.slice(0, from));
  if (/\bNEAR\/\S+\s+\S*$/.test(typed)) return [];
  return words
    .slice(-MOST_WORDS)
    .filter((start) => typed.slice(start).trim().length >= LEAST)
    .map((start) => [field && start === words[0] ? field.index : start, start]);
}
