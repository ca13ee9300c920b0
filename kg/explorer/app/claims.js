// One claim as a card: what, which status, who says so, when, and the sentence with its words marked.

/** Stretches of the sentence to mark, none overlapping, as offsets into the article's text. */
function marks(claim) {
  const spans = [
    ...(claim.actors ?? []).map((mention) => ({ ...mention, role: "actor" })),
    ...(claim.recipients ?? []).map((mention) => ({ ...mention, role: "recipient" })),
    ...(claim.trigger ? [{ ...claim.trigger, role: "trigger" }] : []),
    ...(claim.attributed_to ?? []).map((mention) => ({ ...mention, role: "speaker" })),
  ].filter((span) => span.start >= claim.evidence.start && span.end <= claim.evidence.end && span.end > span.start);
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  let reached = -1;
  return spans.filter((span) => {
    if (span.start < reached) return false;
    reached = span.end;
    return true;
  });
}

/** The sentence; offsets count characters (code points), which script strings do not. */
function sentence(claim) {
  const letters = Array.from(claim.evidence.quote);
  const text = (from, to) => letters.slice(from - claim.evidence.start, to - claim.evidence.start).join("");
  const quote = el("blockquote", { lang: articles.get(claim.article)?.lang });
  let at = claim.evidence.start;
  for (const span of marks(claim)) {
    quote.append(text(at, span.start));
    quote.append(el("mark", { class: span.role, title: t(`mark_${span.role}`) }, text(span.start, span.end)));
    at = span.end;
  }
  quote.append(text(at, claim.evidence.end));
  return quote;
}

/** Further sentences of the article that say the same, folded away. */
function repeats(claim) {
  const more = claim.more_evidence ?? [];
  if (!more.length) return [];
  const lang = articles.get(claim.article)?.lang;
  const quotes = more.map((evidence) => el("blockquote", { lang }, evidence.quote));
  return [el("details", { class: "repeats" }, el("summary", {}, t("repeats", { n: more.length })), ...quotes)];
}

function badge(status) {
  return coloured(el("span", { class: `badge ${status}`, title: t(`hint_${status}`) }, term("status", status)), "statuses", status);
}

/** A mention as a button to its entity, or as the words of the text. */
function mentionName(mention) {
  if (!mention.entity) return el("span", { class: "phrase" }, mention.text ?? mention.name ?? "");
  const name = entities.get(mention.entity)?.name ?? mention.name ?? mention.text;
  return button(name, () => select("entity", mention.entity), { class: "name" });
}

/** Mentions as a list of names, each entity once. */
function names(mentions, nobody) {
  const seen = new Set();
  const once = (mentions ?? []).filter((mention) => {
    const key = mention.entity ?? mention.text;
    return !seen.has(key) && seen.add(key);
  });
  const parts = once.flatMap((mention, index) => (index ? [", ", mentionName(mention)] : [mentionName(mention)]));
  return parts.length ? parts : [el("span", { class: "phrase" }, nobody)];
}

/** Who says so; an accuser who is not named stays unknown. */
function speakers(claim) {
  return names(claim.attributed_to, claim.status === "alleged" ? t("says_unknown") : t("says_article"));
}

function day(date) {
  if (!/^\d{4}-\d{2}-\d{2}/.test(date)) return date;
  const at = new Date(`${date.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(at.valueOf())) return date;
  return new Intl.DateTimeFormat(t("locale"), { dateStyle: "medium", timeZone: "UTC" }).format(at);
}

function when(claim) {
  if (!claim.date) return t("no_date");
  const rough = ["week", "decade"].includes(claim.date_precision) ? `${t(`precision_${claim.date_precision}`)} ` : "";
  const basis = ["dateline", "relative"].includes(claim.date_basis) ? ` (${t(`basis_${claim.date_basis}`)})` : "";
  return rough + day(claim.date) + basis;
}

function where(claim) {
  return claim.place ? names([claim.place]) : null;
}

function articleLine(claim) {
  const article = articles.get(claim.article) ?? { id: claim.article };
  const line = el("p", { class: "article" }, link(article.url, article.title ?? article.id));
  const facts = [article.source, article.published && day(article.published)].filter(Boolean);
  if (facts.length) line.append(el("span", { class: "faint" }, ` · ${facts.join(" · ")}`));
  return line;
}

function headline(claim) {
  return el(
    "p",
    { class: "headline" },
    ...names(claim.actors, t("someone")),
    el("span", { class: "relation" }, ` ${relationWords(claim)} `),
    ...((claim.recipients ?? []).length ? names(claim.recipients) : Object.values(claim.others ?? {}).slice(0, 1).flatMap((mentions) => names(mentions))),
  );
}

function fact(name, values) {
  return values ? [el("dt", {}, t(name)), el("dd", {}, ...[values].flat())] : [];
}

function card(claim) {
  const event = claim.event_type ? claim.event_type.toLowerCase() : null;
  const element = el(
    "li",
    { class: `claim ${claim.status}` },
    badge(claim.status),
    headline(claim),
    sentence(claim),
    ...repeats(claim),
    el(
      "dl",
      {},
      ...fact("says", speakers(claim)),
      ...fact("date", when(claim)),
      ...fact("place", where(claim)),
      ...fact("kind", event),
    ),
    articleLine(claim),
  );
  return coloured(element, "statuses", claim.status);
}

/** A list of cards that grows by a button. */
function cards(someClaims, step = 20) {
  const list = el("ul", { class: "claims" });
  const more = button("", () => grow());
  const grow = () => {
    const done = list.childElementCount;
    list.append(...someClaims.slice(done, done + step).map(card));
    const left = someClaims.length - list.childElementCount;
    more.hidden = left === 0;
    more.textContent = t("more_claims", { n: Math.min(left, step) });
  };
  grow();
  return [list, more];
}
