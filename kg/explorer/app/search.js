// Search: names in all languages, relations, months and words of sentences, as suggestions (an ARIA combobox).

const query = document.getElementById("query");
const suggestions = document.getElementById("suggestions");
const MOST_NAMES = 8;
const MOST_RELATIONS = 3;

let searchable = null;
let offered = [];
let active = -1;

/** All names, folded; made when first asked for. */
function allNames() {
  searchable ??= Array.from({ length: entities.size }, (_, entity) => namesOf(entity).map((name) => ({ entity, name, folded: fold(name) }))).flat();
  return searchable;
}

/** How well a name fits: 3 the whole name, 2 its start, 1 the start of a word, 0 inside, -1 not at all. */
function fit(folded, wanted) {
  const at = folded.indexOf(wanted);
  if (at < 0) return -1;
  if (folded === wanted) return 3;
  if (at === 0) return 2;
  return folded.includes(` ${wanted}`) || folded.includes(`-${wanted}`) ? 1 : 0;
}

/** The best entities for what was typed, each once, by the name that fits best. */
function nameMatches(wanted) {
  const best = new Map();
  for (const entry of allNames()) {
    const score = fit(entry.folded, wanted);
    if (score >= 0 && score > (best.get(entry.entity)?.score ?? -1)) best.set(entry.entity, { ...entry, score, weight: claimsOf.of(entry.entity).length });
  }
  return [...best.values()].sort((a, b) => b.score - a.score || b.weight - a.weight || a.entity - b.entity).slice(0, MOST_NAMES);
}

function nameOffer({ entity, name, weight, score }) {
  const alias = name === nameOf(entity) ? null : el("span", { class: "faint", dir: "auto" }, ` (${name})`);
  return {
    score: score + 1,
    look: coloured(el("li", {}, el("i", { class: "dot" }), el("span", {}, el("bdi", {}, nameOf(entity)), alias), el("span", { class: "count" }, number(weight))), "types", typeOf(entity)),
    choose: () => go({ select: { kind: "entity", ids: [entities.id.get(entity)] } }),
  };
}

function filterOffer(kind, words, count, score, choose) {
  return { score, look: el("li", {}, el("span", { class: "offer" }, t(kind)), el("span", { dir: "auto" }, words), el("span", { class: "count" }, count === null ? "" : number(count))), choose };
}

/** How well a relation fits a word: as a name does by its label in any language; 0 by a word that tells of it
 * ("arms" for "supplies weapons to"; with an ending of one or two letters); -1 not at all. */
function relationFits(label, wanted) {
  const id = relationOf.get(label);
  const byName = Math.max(...[label, ...Object.values(data.words.relation?.[id] ?? {})].map((name) => fit(fold(name), wanted)));
  if (byName > 0 || wanted.length < 3) return byName > 0 ? byName : -1;
  const cues = Object.values(data.words.cue?.[id] ?? {}).flatMap((words) => words.split(" "));
  const told = cues.some((cue) => cue.startsWith(wanted) || (cue.length > 2 && wanted.startsWith(cue) && wanted.length - cue.length <= 2));
  return told ? 0 : -1;
}

/** Relations that fit all words: by their label as a whole, else word by word. */
function relationOffers(wanted) {
  const facet = FACETS.find(({ name }) => name === "relation");
  const total = new Uint32Array(facet.words.length);
  facet.codes.forEach((code) => (total[code] += 1));
  const best = (label) => Math.max(relationFits(label, wanted), Math.min(...wanted.split(/\s+/).map((word) => Math.min(relationFits(label, word), 1))));
  const matching = facet.words.map((word, at) => ({ word, at, score: best(word) })).filter(({ score }) => score >= 0);
  matching.sort((a, b) => b.score - a.score || total[b.at] - total[a.at]);
  return matching.slice(0, MOST_RELATIONS).map(({ word, at, score }) => filterOffer("offer_relation", labelWords(word), total[at], score, () => show(choosing(view, "relation", new Set([...(view.chosen.relation ?? []), word])))));
}

/** "2023", "2023-07", "July 2023", "juli 2023", "27 July 2023" as an ISO date. */
function asDate(text) {
  const plain = text.trim().toLocaleLowerCase("und");
  if (/^\d{4}(-\d\d){0,2}$/.test(plain)) return daysOf(plain, null) ? plain : null;
  const told = /^(?:(\d{1,2})\s+)?(\p{L}{3,})\.?\s+(\d{4})$/u.exec(plain);
  if (!told) return null;
  for (const locale of Object.values(data.strings).map((words) => words.locale)) {
    const name = (month, form) => new Intl.DateTimeFormat(locale, { month: form, timeZone: "UTC" }).format(new Date(Date.UTC(2001, month, 1))).toLocaleLowerCase("und");
    const month = Array.from({ length: 12 }, (_, at) => at).find((at) => [name(at, "long"), name(at, "short")].includes(told[2]));
    if (month === undefined) continue;
    return `${told[3]}-${String(month + 1).padStart(2, "0")}${told[1] ? `-${told[1].padStart(2, "0")}` : ""}`;
  }
  return null;
}

function offers(text) {
  const wanted = fold(text.trim());
  if (!wanted) return [];
  const date = asDate(text);
  const dated = date ? [filterOffer("offer_time", day(date), null, 9, () => show({ ...view, from: date, to: date, span: null }))] : [];
  const found = [...dated, ...relationOffers(wanted), ...nameMatches(wanted).map(nameOffer)].sort((a, b) => b.score - a.score);
  const inText = filterOffer("offer_text", text.trim(), null, -1, () => show({ ...view, text: text.trim() }));
  return wanted.length > 1 ? [...found, inText] : found;
}

function showSuggestions() {
  offered = offers(query.value);
  active = -1;
  offered.forEach(({ look, choose }, index) => {
    look.setAttribute("role", "option");
    look.id = `option-${index}`;
    look.setAttribute("aria-selected", "false");
    look.addEventListener("mousedown", (event) => {
      event.preventDefault();
      pick(choose);
    });
  });
  suggestions.replaceChildren(...offered.map(({ look }) => look));
  toggleSuggestions(offered.length > 0);
}

function toggleSuggestions(open) {
  suggestions.hidden = !open;
  query.setAttribute("aria-expanded", String(open));
  if (!open) query.removeAttribute("aria-activedescendant");
}

function pick(choose) {
  query.value = "";
  query.blur();
  choose();
}

function move(step) {
  if (!offered.length) return;
  active = (active + step + offered.length) % offered.length;
  offered.forEach(({ look }, index) => look.setAttribute("aria-selected", String(index === active)));
  offered[active].look.scrollIntoView({ block: "nearest" });
  query.setAttribute("aria-activedescendant", offered[active].look.id);
}

query.addEventListener("input", showSuggestions);
query.addEventListener("blur", () => toggleSuggestions(false));
query.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (suggestions.hidden) showSuggestions();
    move(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter") {
    if (suggestions.hidden) showSuggestions();
    const chosen = offered[Math.max(active, 0)];
    if (chosen) pick(chosen.choose);
  }
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    query.focus();
    query.select();
  } else if (event.key === "Escape") {
    const written = typing === query && query.value;
    query.value = "";
    toggleSuggestions(false);
    typing?.blur();
    if (!written) select(null);
  }
});
