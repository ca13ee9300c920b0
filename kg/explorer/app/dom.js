// The words of the interface, and elements built from text, never from markup.

const languages = Object.keys(data.strings);
const dark = matchMedia("(prefers-color-scheme: dark)");
let language = languages.find((lang) => navigator.language.startsWith(lang)) ?? languages[0];

/** The interface's words for `key`, with `{name}` filled from `values`. */
function t(key, values = {}) {
  const text = data.strings[language][key] ?? data.strings[languages[0]][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** "status_denied" in words; a value that the interface has no word for is shown as it is. */
function term(kind, value) {
  const key = `${kind}_${value}`;
  const text = t(key);
  return text === key ? value : text;
}

/** The name of a relation or an event type in the reader's language, or null. */
function wordFor(kind, id) {
  const names = data.words[kind]?.[id];
  return names?.[language] ?? names?.en ?? null;
}

const numberForms = new Map();

function number(value) {
  const locale = t("locale");
  if (!numberForms.has(locale)) numberForms.set(locale, new Intl.NumberFormat(locale));
  return numberForms.get(locale).format(value);
}

/** An element; `on…` attributes are listeners, null ones are left out, children are nodes or text. */
function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** The same in the SVG namespace. */
function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Replace what is in an element; the control that had the focus keeps it, by its id, else the element has it. */
function fill(element, ...children) {
  const focused = element.contains(document.activeElement) ? document.activeElement.id : null;
  element.replaceChildren(...children.filter((child) => child !== null && child !== undefined));
  if (focused === null) return;
  const next = document.getElementById(focused) ?? (element.hasAttribute("tabindex") ? element : null);
  next?.focus({ preventScroll: true });
}

const drawnFrom = new Map();

/** Whether a part of the page was last drawn from the same things, so that it need not be drawn again. */
function isDrawn(part, ...from) {
  const before = drawnFrom.get(part);
  drawnFrom.set(part, from);
  return Boolean(before) && from.every((one, at) => one === before[at]);
}

function button(text, onclick, attributes) {
  return el("button", { type: "button", onclick, ...attributes }, text);
}

/** The colour of a status or a type in the light or dark theme of the reader. */
function colour(kind, name) {
  const known = data.palette[kind];
  const entry = Object.hasOwn(known, name) ? known[name] : Object.values(known).at(-1);
  return entry[dark.matches ? "dark" : "light"];
}

/** Give an element the colour of a status or type as the CSS variable --colour. */
function coloured(element, kind, name) {
  element.style.setProperty("--colour", colour(kind, name));
  return element;
}

/** An anchor for web addresses only; any other address (javascript:, data:, file:) stays text. */
function link(url, text) {
  let address = null;
  try {
    address = new URL(url);
  } catch {
    return document.createTextNode(text);
  }
  if (address.protocol !== "http:" && address.protocol !== "https:") return document.createTextNode(text);
  return el("a", { href: address.href, target: "_blank", rel: "noopener noreferrer" }, text);
}
