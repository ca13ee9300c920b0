// The view as a query: what finds the same claims in the store (kg query --file, or the page of kg serve).

/** A literal; what JSON escapes, SPARQL reads the same way. */
function literal(text) {
  return JSON.stringify(text);
}

function oneOf(variable, words) {
  return `VALUES ?${variable} { ${words.map(literal).join(" ")} }`;
}

/** Lines of the query for a facet's words; an empty word is what has none. */
const FACET_PATTERNS = {
  status: (words) => [oneOf("status", words)],
  relation: (words) => [`FILTER(STR(?relation) IN (${words.map(literal).join(", ")}))`],
  event: (words) => orNone(words, "?claim kg:eventType ?type", (some) => `VALUES ?type { ${some.map((word) => `plover:${word.replaceAll(" ", "%20")}`).join(" ")} }`),
  type: (words) => [
    "FILTER EXISTS { ?claim kg:actor|kg:recipient ?one . ?one a kg:Entity }",
    `FILTER NOT EXISTS { ?claim kg:actor|kg:recipient ?other . ?other a kg:Entity . ${words.map((word) => `FILTER NOT EXISTS { ?other a kg:${word} }`).join(" ")} }`,
  ],
  country: (words) => orNone(words, "?claim kg:actor|kg:recipient ?party . ?party kg:countryCode ?country", (some) => oneOf("country", some)),
  source: (words) => orNone(words, "?in schema:publisher ?publisher", (some) => oneOf("publisher", some)),
  lang: (words) => orNone(words, "?in schema:inLanguage ?lang", (some) => oneOf("lang", some)),
  disputed: (words) => (words.length === 2 ? [] : [`FILTER ${words[0] ? "" : "NOT "}EXISTS { ?claim kg:contradicts ?opposite }`]),
};

/** The pattern with one of the words, or, where the empty word is among them, without any. */
function orNone(words, pattern, values) {
  const some = words.filter(Boolean);
  const parts = some.length ? [`FILTER EXISTS { ${values(some)} ${pattern} }`] : [];
  if (some.length === words.length) return parts;
  const none = `NOT EXISTS { ${pattern} }`;
  return [parts.length ? `FILTER(EXISTS { ${values(some)} ${pattern} } || ${none})` : `FILTER ${none}`];
}

function selectionPatterns() {
  const { kind, ids } = view.select ?? {};
  const named = (variable, id) => `?${variable} schema:identifier ${literal(id)} .`;
  if (kind === "entity") return [named("about", ids[0]), "?claim ?inRole ?about ."];
  if (kind === "pair") {
    return [named("one", ids[0]), named("other", ids[1]), "FILTER(EXISTS { ?claim kg:actor ?one ; kg:recipient ?other } || EXISTS { ?claim kg:actor ?other ; kg:recipient ?one })"];
  }
  return [];
}

/** A word that a claim has in its sentence, in a relation that it fits, or in a name. */
function wordPattern(word, at) {
  const has = (variable) => `CONTAINS(LCASE(?${variable}), LCASE(${literal(word)}))`;
  const relations = FACETS.find(({ name }) => name === "relation").words.filter((label) => relationFits(label, fold(word)) >= 0);
  const parts = [
    has("sentence"),
    ...(relations.length ? [`STR(?relation) IN (${relations.map(literal).join(", ")})`] : []),
    `EXISTS { ?claim ?as${at} ?named${at} . ?named${at} a kg:Entity ; rdfs:label|skos:altLabel ?name${at} . FILTER(${has(`name${at}`)}) }`,
  ];
  return `FILTER(${parts.join(" || ")})`;
}

function sparqlOfView() {
  const patterns = [
    "?claim a kg:Claim ; rdfs:label ?relation ; kg:status ?status ; prov:wasDerivedFrom ?in ;",
    "  kg:sentence ?sentence .",
    "?in schema:identifier ?article .",
    "OPTIONAL { ?claim kg:date ?date }",
    ...selectionPatterns(),
    ...Object.entries(view.chosen).flatMap(([name, words]) => FACET_PATTERNS[name]([...words])),
  ];
  if (view.from) patterns.push(`FILTER(STR(?date) >= SUBSTR(${literal(view.from)}, 1, STRLEN(STR(?date))))`);
  if (view.to) patterns.push(`FILTER(SUBSTR(STR(?date), 1, ${view.to.length}) <= ${literal(view.to)})`);
  patterns.push(...wordsOf(view.text).map(wordPattern));
  if (view.sources > 1) patterns.push(`FILTER EXISTS { ?event kg:hasClaim ?claim ; kg:independentSources ?sources . FILTER(?sources >= ${view.sources}) }`);
  if (view.score) patterns.push(`FILTER EXISTS { ?claim kg:score ?score . FILTER(?score >= ${view.score}) }`);
  return [
    "SELECT DISTINCT ?claim ?relation ?status ?date ?article ?sentence",
    "WHERE {",
    ...patterns.map((line) => `  ${line}`),
    "}",
    "ORDER BY STR(?date) ?article ?sentence ?claim",
    "",
  ].join("\n");
}
