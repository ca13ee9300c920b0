// Search over all names in all languages, with suggestions (an ARIA combobox).

const query = document.getElementById("query");
const suggestions = document.getElementById("suggestions");
const MOST_SUGGESTIONS = 12;

const searchable = data.entities.flatMap((entity) =>
  namesOf(entity).map((name) => ({ id: entity.id, name, folded: fold(name), weight: claimsOf.get(entity.id).length })),
);
let active = -1;

/** How well a name fits: 3 the whole name, 2 its start, 1 the start of a word, 0 inside, -1 not at all. */
function fit(folded, wanted) {
  const at = folded.indexOf(wanted);
  if (at < 0) return -1;
  if (folded === wanted) return 3;
  if (at === 0) return 2;
  return folded.includes(` ${wanted}`) || folded.includes(`-${wanted}`) ? 1 : 0;
}

/** The best entities for what was typed, each once, by the name that fits best. */
function matches(text) {
  const wanted = fold(text.trim());
  if (!wanted) return [];
  const best = new Map();
  for (const entry of searchable) {
    const score = fit(entry.folded, wanted);
    if (score >= 0 && score > (best.get(entry.id)?.score ?? -1)) best.set(entry.id, { ...entry, score });
  }
  return [...best.values()].sort((a, b) => b.score - a.score || b.weight - a.weight).slice(0, MOST_SUGGESTIONS);
}

function option(match, index) {
  const entity = entities.get(match.id);
  const alias = match.name === entity.name ? null : el("span", { class: "faint" }, ` (${match.name})`);
  const count = el("span", { class: "count" }, number(match.weight));
  const choose = (event) => {
    event.preventDefault();
    pick(match.id);
  };
  const attributes = { role: "option", id: `option-${index}`, "aria-selected": "false", onmousedown: choose };
  return coloured(el("li", attributes, el("i", { class: "dot" }), el("span", {}, entity.name, alias), count), "types", entity.type);
}

function showSuggestions() {
  const found = matches(query.value);
  active = -1;
  suggestions.replaceChildren(...found.map(option));
  if (!found.length && query.value.trim()) suggestions.append(el("li", { class: "faint" }, t("search_none")));
  toggleSuggestions(Boolean(query.value.trim()));
}

function toggleSuggestions(open) {
  suggestions.hidden = !open;
  query.setAttribute("aria-expanded", String(open));
  if (!open) query.removeAttribute("aria-activedescendant");
}

function pick(id) {
  query.value = entities.get(id).name;
  toggleSuggestions(false);
  select("entity", id);
}

function move(step) {
  const options = [...suggestions.querySelectorAll("[role=option]")];
  if (!options.length) return;
  active = (active + step + options.length) % options.length;
  options.forEach((item, index) => item.setAttribute("aria-selected", String(index === active)));
  options[active].scrollIntoView({ block: "nearest" });
  query.setAttribute("aria-activedescendant", options[active].id);
}

query.addEventListener("input", showSuggestions);
query.addEventListener("blur", () => toggleSuggestions(false));
query.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (suggestions.hidden) showSuggestions();
    move(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter") {
    const found = matches(query.value)[Math.max(active, 0)];
    if (found) pick(found.id);
  }
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    query.focus();
    query.select();
  } else if (event.key === "Escape") {
    query.value = "";
    toggleSuggestions(false);
    query.blur();
    select(null);
  }
});
