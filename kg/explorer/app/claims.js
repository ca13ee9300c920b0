// One claim as a card: what, which status, who says so, when, and the sentence with its words marked.

const MOST_DIGESTED = 12;
const FIRST_CARDS = 6;
const MORE_CARDS = 20;
/** The roles whose words are marked in the sentence, in the order in which they win. */
const MARKED = ["actor", "recipient", "speaker"];

/** Stretches of the sentence to mark, none overlapping, counted from its beginning. */
function marks(claim, length) {
  const spans = Array.from(mentionsOf.of(claim), (row) => ({
    role: mentions.role.get(row),
    start: mentions.start.get(row),
    end: mentions.start.get(row) + mentions.length.get(row),
  })).filter((span) => MARKED.includes(span.role));
  const trigger = claims.trigger.get(claim);
  if (trigger !== null) spans.push({ role: "trigger", start: trigger, end: trigger + claims.trigger_length.get(claim) });
  const inside = spans.filter((span) => span.start >= 0 && span.end <= length && span.end > span.start);
  inside.sort((a, b) => a.start - b.start || b.end - a.end);
  let reached = -1;
  return inside.filter((span) => {
    if (span.start < reached) return false;
    reached = span.end;
    return true;
  });
}

/** The sentence; offsets count characters (code points), which script strings do not. */
function sentence(claim) {
  const letters = Array.from(texts?.quote.get(claim) ?? "…");
  const text = (from, to) => letters.slice(from, to).join("");
  // dir=auto: what is written from right to left is shown so.
  const quote = el("blockquote", { lang: articles.lang.get(claims.article.get(claim)), dir: "auto" });
  let at = 0;
  for (const span of marks(claim, letters.length)) {
    quote.append(text(at, span.start));
    quote.append(el("mark", { class: span.role, title: t(`mark_${span.role}`) }, text(span.start, span.end)));
    at = span.end;
  }
  quote.append(text(at, letters.length));
  return quote;
}

/** Further sentences of the article that say the same, folded away. */
function repeats(claim) {
  const more = texts?.repeats.get(claim) ?? [];
  if (!more.length) return [];
  const lang = articles.lang.get(claims.article.get(claim));
  const quotes = more.map((quote) => el("blockquote", { lang, dir: "auto" }, quote));
  return [el("details", { class: "repeats" }, el("summary", {}, t("repeats", { n: more.length })), ...quotes)];
}

function badge(status) {
  return coloured(el("span", { class: `badge ${status}`, title: t(`hint_${status}`) }, term("status", status)), "statuses", status);
}

function nameButton(entity) {
  return button(nameOf(entity), () => select("entity", entities.id.get(entity)), { class: "name", dir: "auto" });
}

/** Mentions as names, each entity once: a button to it, or the words of the text. */
function names(rows, nobody) {
  const seen = new Set();
  const parts = [];
  for (const row of rows) {
    const entity = mentions.entity.get(row);
    const key = entity ?? mentions.text.get(row);
    if (seen.has(key)) continue;
    seen.add(key);
    if (parts.length) parts.push(", ");
    parts.push(entity === null ? el("span", { class: "phrase", dir: "auto" }, mentions.text.get(row)) : nameButton(entity));
  }
  return parts.length || nobody === undefined ? parts : [el("span", { class: "phrase" }, nobody)];
}

/** The same as plain text. */
function namesText(claim, role) {
  return [...new Set(mentionsIn(claim, role).map((row) => {
    const entity = mentions.entity.get(row);
    return entity === null ? mentions.text.get(row) : nameOf(entity);
  }))].join(", ");
}

/** Nobody is named: an accuser stays unknown, all else is told by the article. */
function unnamedSpeaker(claim) {
  return claims.status.get(claim) === "alleged" ? t("says_unknown") : t("says_article");
}

function speakers(claim) {
  return names(mentionsIn(claim, "speaker"), unnamedSpeaker(claim));
}

/** Roles but those that have a line of their own: what is given, asked for, aimed at. */
function otherRoles(claim) {
  const roles = [...new Set(Array.from(mentionsOf.of(claim), (row) => mentions.role.get(row)))];
  return roles.filter((role) => !["actor", "recipient", "speaker", "place"].includes(role));
}

const dateForms = new Map();

/** The form of dates in the reader's language; made once, for it takes long. */
function dateForm(form) {
  const key = `${t("locale")} ${JSON.stringify(form)}`;
  if (!dateForms.has(key)) dateForms.set(key, new Intl.DateTimeFormat(t("locale"), { ...form, timeZone: "UTC" }));
  return dateForms.get(key);
}

function day(date) {
  const form = [null, { year: "numeric" }, { year: "numeric", month: "long" }, { dateStyle: "medium" }][date.split("-").length];
  const found = daysOf(date, null);
  if (!found || !form) return date;
  return dateForm(form).format(new Date(found[0] * DAY));
}

function when(claim) {
  const date = claims.date.get(claim);
  if (!date) return t("no_date");
  const precision = claims.date_precision.get(claim);
  const basis = claims.date_basis.get(claim);
  const rough = ["week", "decade"].includes(precision) ? `${t(`precision_${precision}`)} ` : "";
  return rough + day(date) + (["dateline", "relative"].includes(basis) ? ` (${t(`basis_${basis}`)})` : "");
}

/** How many reports and independent sources there are for what the claim tells. */
function support(claim) {
  const event = claims.event.get(claim);
  if (event === null) return null;
  return t("support", { reports: number(events.reports.get(event)), sources: number(events.sources.get(event)) });
}

function eventName(type) {
  return type ? wordFor("event", type) ?? type.toLowerCase() : t("no_event");
}

function articleLine(claim) {
  const at = claims.article.get(claim);
  const line = el("p", { class: "article", dir: "auto" }, link(articles.url.get(at), articles.title.get(at) ?? articles.id.get(at)));
  const published = articles.published.get(at);
  const facts = [articles.source.get(at), published && day(published)].filter(Boolean);
  if (facts.length) line.append(el("span", { class: "faint" }, ` · ${facts.join(" · ")}`));
  return line;
}

function headline(claim) {
  const recipients = names(mentionsIn(claim, "recipient"));
  const others = recipients.length ? [] : otherRoles(claim).slice(0, 1).flatMap((role) => names(mentionsIn(claim, role)));
  return el(
    "p",
    { class: "headline" },
    ...names(mentionsIn(claim, "actor"), t("someone")),
    el("span", { class: "relation" }, ` ${relationWords(claim)} `),
    ...recipients,
    ...others,
  );
}

function fact(name, values) {
  return values?.length ? [el("dt", {}, name), el("dd", {}, ...[values].flat())] : [];
}

function facts(claim) {
  const kind = kindOf(claim);
  const type = claims.event_type.get(claim);
  return el(
    "dl",
    {},
    ...fact(t("says"), speakers(claim)),
    ...fact(t("date"), when(claim)),
    ...fact(t("place"), names(mentionsIn(claim, "place"))),
    ...otherRoles(claim).flatMap((role) => fact(term("role", role), names(mentionsIn(claim, role)))),
    ...fact(t("kind"), type && eventName(type) + (kind ? ` · ${t(`kind_${kind}`)}` : "")),
    ...fact(t("supported"), support(claim)),
  );
}

function card(claim, { brief = false } = {}) {
  const status = claims.status.get(claim);
  const against = contradicting.get(claim)?.length;
  const element = el(
    "li",
    { class: `claim ${status}`, "data-claim": claims.id.get(claim) },
    badge(status),
    against && !brief ? button(t("contradicted"), () => select("claim", claims.id.get(claim)), { class: "against" }) : null,
    headline(claim),
    sentence(claim),
    ...repeats(claim),
    brief ? el("p", { class: "says" }, `${t("says")}: `, ...speakers(claim)) : facts(claim),
    articleLine(claim),
  );
  return coloured(element, "statuses", status);
}

/** A list of cards that begins with a few, for many take long to draw, and grows by a button. */
function cards(someClaims) {
  const list = el("ul", { class: "claims" });
  const more = button("", () => grow(MORE_CARDS), { class: "more" });
  const grow = (step) => {
    const done = list.childElementCount;
    list.append(...someClaims.slice(done, done + step).map((claim) => card(claim)));
    const left = someClaims.length - list.childElementCount;
    more.hidden = left === 0;
    more.textContent = t("more_claims", { n: number(Math.min(left, MORE_CARDS)) });
  };
  grow(FIRST_CARDS);
  return [list, more];
}

/** What is said in short: for each who, what and whom, with which status and by whom; each leads to its claims. */
function digest(someClaims) {
  const rows = new Map();
  for (const claim of someClaims) {
    const told = [namesText(claim, "actor") || t("someone"), labelWords(claims.label.get(claim)), namesText(claim, "recipient")];
    const key = told.join(" ");
    if (!rows.has(key)) rows.set(key, { told, some: [] });
    rows.get(key).some.push(claim);
  }
  const ranked = [...rows.values()].sort((a, b) => new Set(b.some.map((claim) => statusCode[claim])).size - new Set(a.some.map((claim) => statusCode[claim])).size || b.some.length - a.some.length);
  return el("ul", { class: "digest" }, ...ranked.slice(0, MOST_DIGESTED).map(({ told: [who, what, whom], some }) => el(
    "li",
    {},
    el("bdi", {}, who),
    el("b", { dir: "auto" }, ` ${what} `),
    el("bdi", {}, whom),
    el("ul", {}, ...statuses.flatMap((status) => {
      const group = some.filter((claim) => claims.status.get(claim) === status);
      return group.length ? [el("li", {}, badge(status), ` ${said(group)} `, button(t("read", { n: number(group.length) }), () => select("claim", claims.id.get(group[0])), { class: "small" }))] : [];
    })),
  )));
}

/** Who says so, of some claims, each once. */
function said(someClaims) {
  return [...new Set(someClaims.map((claim) => namesText(claim, "speaker") || unnamedSpeaker(claim)))].join("; ");
}

/** Claims that say yes beside those that say no, a row for each claim that is contradicted. */
function disputes(someClaims) {
  const here = new Set(someClaims);
  const yes = someClaims.filter((claim) => claims.polarity.get(claim) !== "negated" && contradicting.get(claim)?.some((other) => here.has(other)));
  if (!yes.length) return [];
  const no = [...new Set(yes.flatMap((claim) => contradicting.get(claim)).filter((other) => here.has(other)))];
  const side = (name, some) => el("div", {}, el("h4", {}, t(name)), el("ul", { class: "claims" }, ...some.slice(0, 6).map((claim) => card(claim, { brief: true }))));
  return [el("section", { class: "dispute", "aria-label": t("dispute") }, el("h3", {}, t("dispute")), el("div", { class: "sides" }, side("side_yes", yes), side("side_no", no)))];
}
