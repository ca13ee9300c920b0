// Which claims the filters let through, and how many there would be for each choice: one pass over all claims.

/** A facet: its words, and for each claim the codes of the words that fit it. */
function facet(name, column, more) {
  const { words, codes } = column.coded();
  const shown = words.map((word) => word ?? "");
  return { name, words: shown, code: new Map(shown.map((word, at) => [word, at])), codes, ...more };
}

/** A facet of the parties of a claim; `every` asks that all of them fit. */
function partyFacet(name, column, more) {
  const ofEntity = facet(name, column);
  const lists = new Array(claims.size);
  for (let claim = 0; claim < claims.size; claim += 1) {
    const codes = [];
    for (const entity of partiesOf.of(claim)) if (!codes.includes(ofEntity.codes[entity])) codes.push(ofEntity.codes[entity]);
    lists[claim] = codes;
  }
  return { ...ofEntity, codes: null, lists, ...more };
}

/** A facet of the article of a claim. */
function articleFacet(name, column, more) {
  const { words, codes } = column.coded();
  const article = Uint32Array.from({ length: claims.size }, (_, claim) => codes[claims.article.get(claim)]);
  return facet(name, new Column({ of: words, at: article }), more);
}

const disputed = new Column({ of: ["", "contradicted"], at: Array.from({ length: claims.size }, (_, claim) => Number(contradicting.has(claim))) });

const FACETS = [
  facet("status", claims.status),
  facet("relation", claims.label),
  facet("event", claims.event_type),
  partyFacet("type", entities.type, { every: true }),
  partyFacet("country", entities.country),
  articleFacet("source", articles.source),
  articleFacet("lang", articles.lang),
  facet("disputed", disputed),
];
// Bits of the filters that are not facets.
const TIME = 1 << FACETS.length;
const SOURCES = TIME << 1;
const SCORE = TIME << 2;
const TEXT = TIME << 3;

/** The words of what is looked for; what stands in quotation marks is one. */
function wordsOf(text) {
  return (text.match(/"[^"]+"|[^\s"]+/g) ?? []).map((word) => word.replaceAll('"', ""));
}

/** For each claim, whether its sentence, its relation and the names in it together have all words of the text. */
function contains(text) {
  const wanted = wordsOf(text).map(fold);
  const named = wanted.map((word) => {
    const has = new Uint8Array(entities.size);
    for (const { entity, folded } of allNames()) if (folded.includes(word)) has[entity] = 1;
    return has;
  });
  const related = wanted.map((word) => claims.label.map((label) => relationFits(label, word) >= 0));
  return (claim) => {
    const quote = fold(texts?.quote.get(claim) ?? "");
    return wanted.every((word, at) => quote.includes(word) || related[at][claim] || mentionsOf.of(claim).some((row) => mentionEntity[row] >= 0 && named[at][mentionEntity[row]]));
  };
}

function facetFits(facet, claim, codes) {
  if (facet.codes) return codes.has(facet.codes[claim]);
  const found = facet.lists[claim];
  return facet.every ? found.length > 0 && found.every((code) => codes.has(code)) : found.some((code) => codes.has(code));
}

/** First and last day that the filters ask for. */
function window_(state) {
  return [state.from ? daysOf(state.from, null)[0] : -Infinity, state.to ? daysOf(state.to, null)[1] : Infinity];
}

/**
 * `claims` that all filters let through, `passes` for each claim, `counts` of each facet's words and of
 * `sources` and `score`, and `anyTime`: what passes but for its date.
 * A count is what there would be if only this word were chosen in its facet.
 */
function survey(state) {
  const asked = FACETS.map((facet) => state.chosen[facet.name] && new Set([...state.chosen[facet.name]].map((word) => facet.code.get(word))));
  const [from, to] = window_(state);
  const timed = state.from || state.to;
  const text = state.text ? contains(state.text) : null;
  const found = { claims: [], passes: new Uint8Array(claims.size), anyTime: [], counts: {}, sources: new Map(), score: new Map() };
  FACETS.forEach((facet) => (found.counts[facet.name] = new Uint32Array(facet.words.length)));
  for (let claim = 0; claim < claims.size; claim += 1) {
    let failed = 0;
    for (let at = 0; at < FACETS.length; at += 1) if (asked[at] && !facetFits(FACETS[at], claim, asked[at])) failed |= 1 << at;
    if (timed && (firstDay[claim] === NO_DAY || firstDay[claim] > to || lastDay[claim] < from)) failed |= TIME;
    if (sourcesOf(claim) < state.sources) failed |= SOURCES;
    if (claims.score.get(claim) < state.score) failed |= SCORE;
    if (text && !text(claim)) failed |= TEXT;
    if (!failed) {
      found.claims.push(claim);
      found.passes[claim] = 1;
    }
    if ((failed & ~TIME) === 0) found.anyTime.push(claim);
    for (let at = 0; at < FACETS.length; at += 1) {
      if (failed & ~(1 << at)) continue;
      const counts = found.counts[FACETS[at].name];
      if (FACETS[at].codes) counts[FACETS[at].codes[claim]] += 1;
      else for (const code of FACETS[at].lists[claim]) counts[code] += 1;
    }
    if ((failed & ~SOURCES) === 0) found.sources.set(sourcesOf(claim), (found.sources.get(sourcesOf(claim)) ?? 0) + 1);
    if ((failed & ~SCORE) === 0) found.score.set(claims.score.get(claim), (found.score.get(claims.score.get(claim)) ?? 0) + 1);
  }
  return found;
}

/** What follows from the claims that pass; made once for each survey. */
const derived = new WeakMap();

function once(found, name, make) {
  if (!derived.has(found)) derived.set(found, new Map());
  const known = derived.get(found);
  if (!known.has(name)) known.set(name, make());
  return known.get(name);
}

/** The entities of the claims that pass, those that most of them name first, and how many do. */
function mostInvolved(found) {
  return once(found, "involved", () => {
    const counts = new Uint32Array(entities.size);
    const last = new Int32Array(entities.size).fill(-1);
    const { from, values } = mentionsOf;
    for (const claim of found.claims) {
      for (let at = from[claim]; at < from[claim + 1]; at += 1) {
        const entity = mentionEntity[values[at]];
        if (entity < 0 || last[entity] === claim) continue;
        last[entity] = claim;
        counts[entity] += 1;
      }
    }
    const ranked = [];
    for (let entity = 0; entity < entities.size; entity += 1) if (counts[entity]) ranked.push(entity);
    ranked.sort((a, b) => counts[b] - counts[a] || a - b);
    return { ranked, counts };
  });
}

/** For each line, how many of its claims pass. */
function lineWeights(found) {
  return once(found, "weights", () => {
    const weight = new Uint32Array(lines.length);
    const { from, values } = linesOf;
    for (const claim of found.claims) for (let at = from[claim]; at < from[claim + 1]; at += 1) weight[values[at]] += 1;
    return weight;
  });
}

/** The claims on a line that the filters let through. */
function claimsOn(line, found) {
  return line.claims.filter((claim) => found.passes[claim]);
}
