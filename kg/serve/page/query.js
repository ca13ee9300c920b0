// The query page: editor and table are Yasqe and Yasr, which ask only this server (see the page's policy).
/* global Yasqe, Yasr */

const START = `# Who is said to have done what to whom, by the status of the claim.
SELECT ?who ?what ?whom ?status ?sentence {
  ?claim a kg:Claim ; rdfs:label ?what ; kg:status ?status ;
         kg:sentence ?sentence .
  OPTIONAL { ?claim kg:actor/schema:name ?who }
  OPTIONAL { ?claim kg:recipient/schema:name ?whom }
} LIMIT 100`;
const SUGGESTIONS = 50;

/** JSON from this server; what goes wrong is shown, and null comes back. */
async function get(path) {
  try {
    const response = await fetch(path);
    if (!response.ok) throw new Error(await response.text());
    return await response.json();
  } catch (error) {
    notice(error.message);
    return null;
  }
}

function notice(text) {
  const place = document.getElementById("notice");
  place.textContent = text;
  place.hidden = !text;
}

function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// Completion

/** What can be completed: prefixes, and terms of the graph as prefix:name, with a word on each. */
function completions(vocabulary) {
  const longestFirst = Object.entries(vocabulary.prefixes);
  const found = longestFirst.map(([prefix, iri]) => ({ text: `${prefix}:`, iri, about: iri }));
  for (const { term, kind, label } of vocabulary.terms) {
    const known = longestFirst.find(([, iri]) => term.startsWith(iri));
    if (!known) continue;
    const text = `${known[0]}:${term.slice(known[1].length)}`;
    found.push({ text, iri: term, about: label ?? kind });
  }
  return found.sort((a, b) => (a.text < b.text ? -1 : 1));
}

/** Those that begin with `typed`, then those whose name or label holds it. */
function matching(known, typed) {
  const wanted = typed.toLowerCase();
  const begins = known.filter(({ text }) => text.toLowerCase().startsWith(wanted));
  const holds = known.filter(
    (one) => !begins.includes(one) && `${one.text.split(":")[1]} ${one.about}`.toLowerCase().includes(wanted),
  );
  return [...begins, ...holds].slice(0, SUGGESTIONS);
}

function register(known) {
  const declared = (yasqe) =>
    yasqe.getPreviousNonWsToken(yasqe.getDoc().getCursor().line, yasqe.getCompleteToken())?.string.toUpperCase() === "PREFIX";
  const hints = (yasqe, typed) =>
    declared(yasqe)
      ? known.filter(({ text }) => text.startsWith(typed) && text.endsWith(":")).map(({ text, iri }) => `${text} <${iri}>`)
      : matching(known, typed).map(({ text }) => text);
  Yasqe.registerAutocompleter({
    name: "graph",
    bulk: false,
    autoShow: true,
    isValidCompletionPosition: (yasqe) => /^[A-Za-z][\w-]*(:[\w-]*)?$/.test(yasqe.getCompleteToken().string),
    get: (yasqe, token) => (token ? hints(yasqe, token.string) : []),
    postprocessHints: (_, list) =>
      list.map((hint) => {
        const about = known.find(({ text }) => text === hint.text)?.about;
        return about ? { ...hint, displayText: `${hint.text}   ${about}` } : hint;
      }),
  }, false);
  // The others ask prefix.cc and LOV; an array given to the editor would only be merged into the default one.
  Yasqe.defaults.autocompleters = ["variables", "graph"];
}

// Saved queries

function savedQuery(query, run) {
  const item = el("li", {});
  const name = el("button", { type: "button", class: "name" }, el("strong", {}, query.name), el("span", {}, query.purpose));
  item.append(name);
  if (!query.parameters.length) {
    name.addEventListener("click", () => run(query.name, {}));
    return item;
  }
  const fields = query.parameters.map((parameter) => {
    const field = el("input", { name: parameter.name, autocomplete: "off" });
    if (parameter.default === null) field.required = true;
    else field.placeholder = parameter.default || "any";
    return el("label", {}, parameter.name, el("small", {}, parameter.what), field);
  });
  const form = el("form", {}, ...fields, el("button", {}, "Run"));
  const needed = query.parameters.some((parameter) => parameter.default === null);
  form.hidden = true;
  name.setAttribute("aria-expanded", "false");
  name.addEventListener("click", () => {
    form.hidden = !form.hidden;
    name.setAttribute("aria-expanded", String(!form.hidden));
    if (form.hidden) return;
    form.querySelector("input").focus();
    if (!needed) run(query.name, {});
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run(query.name, Object.fromEntries([...new FormData(form)].filter(([, value]) => value)));
  });
  item.append(form);
  return item;
}

/** The text of a saved query with its parameters filled in. */
async function filled(name, parameters) {
  const address = `/queries/${encodeURIComponent(name)}?${new URLSearchParams(parameters)}`;
  const response = await fetch(address, { headers: { Accept: "application/sparql-query" } });
  const text = await response.text();
  if (response.ok) return text;
  notice(text);
  return null;
}

// The page

async function start() {
  const [vocabulary, saved] = await Promise.all([get("/vocabulary"), get("/queries")]);
  const prefixes = vocabulary?.prefixes ?? {};
  register(vocabulary ? completions(vocabulary) : []);
  const yasr = new Yasr(document.getElementById("results"), {
    persistenceId: null,
    prefixes,
    plugins: { table: { dynamicConfig: { compact: true, isEllipsed: false } } },
  });
  const yasqe = new Yasqe(document.getElementById("editor"), {
    value: "",
    persistenceId: null,
    editorHeight: "20rem",
    requestConfig: { endpoint: new URL("/sparql", location.href).href, acceptHeaderGraph: "text/turtle" },
  });
  // The server knows these without their being declared: the editor reads every query as if they were.
  const mode = yasqe.getMode();
  const begin = mode.startState;
  mode.startState = (...given) => ({ ...begin(...given), prefixes: { ...prefixes } });
  yasqe.setValue(yasqe.getValue() || START); // a shared link brings its query
  yasqe.on("query", () => notice(""));
  yasqe.on("queryResponse", (_, response, duration) => yasr.setResponse(response, duration));
  const ask = (text) => {
    yasqe.setValue(text);
    yasqe.query().catch(() => {}); // the table shows what went wrong
  };
  for (const query of saved ?? []) {
    const item = savedQuery(query, async (name, parameters) => {
      const text = await filled(name, parameters);
      if (text !== null) ask(text);
    });
    item.dataset.words = `${query.name} ${query.purpose}`.toLowerCase();
    document.getElementById("saved").append(item);
  }
  document.getElementById("search").addEventListener("input", ({ target }) => {
    for (const item of document.getElementById("saved").children)
      item.hidden = !item.dataset.words.includes(target.value.toLowerCase());
  });
  // Addresses of our own lead nowhere on the web: a click on one asks what the graph says about it.
  document.getElementById("results").addEventListener("click", (event) => {
    const link = event.target.closest("a.iri");
    const ours = [prefixes.data, prefixes.kg, prefixes.plover];
    if (!ours.some((iri) => link?.getAttribute("href").startsWith(iri))) return;
    event.preventDefault();
    ask(`DESCRIBE <${link.getAttribute("href")}>`);
  }, true);
  window.page = { yasqe, yasr };
}

start();
