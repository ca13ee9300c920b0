// Entities, claims and edges in memory, and which of them the filters let through.

const entities = new Map(data.entities.map((entity) => [entity.id, entity]));
const articles = new Map(data.articles.map((article) => [article.id, article]));
const claims = new Map(data.claims.map((claim) => [claim.id, claim]));
const statuses = Object.keys(data.palette.statuses);
const claimsOf = new Map(data.entities.map((entity) => [entity.id, []]));

const hidden = { status: new Set(), type: new Set(), event: new Set() };
let relationText = "";

for (const claim of data.claims) for (const id of new Set(participants(claim))) claimsOf.get(id)?.push(claim);

/** The names of a claim in every role, as entity ids. */
function participants(claim) {
  const others = Object.values(claim.others ?? {}).flat();
  const mentions = [claim.actors, claim.recipients, claim.attributed_to, others, claim.place].flat();
  return mentions.map((mention) => mention?.entity).filter(Boolean);
}

/** Text as it is compared: without marks and case. */
function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase("und");
}

function typeOf(id) {
  return entities.get(id)?.type ?? "Other";
}

/** The filters' word for a claim's event type. */
function eventOf(claim) {
  return claim.event_type ?? "";
}

function ends(claim) {
  const of = (mentions) => [...new Set((mentions ?? []).map((mention) => mention.entity).filter(Boolean))];
  return { actors: of(claim.actors), recipients: of(claim.recipients) };
}

function passes(claim) {
  if (hidden.status.has(claim.status) || hidden.event.has(eventOf(claim))) return false;
  if (relationText && !fold(`${claim.label} ${claim.relation}`).includes(relationText)) return false;
  if (!hidden.type.size) return true;
  const { actors, recipients } = ends(claim);
  return ![...actors, ...recipients].some((id) => hidden.type.has(typeOf(id)));
}

function visibleClaims() {
  return data.claims.filter(passes);
}

/** The relation in words; what is asked not to be done says so. */
function relationWords(claim) {
  const turned = claim.polarity === "negated" && !["negated", "denied"].includes(claim.status);
  return turned ? `${t("not")} ${claim.label}` : claim.label;
}

/** Claims drawn as one line have the same ends and the same status. */
function edgesOf(someClaims) {
  const edges = new Map();
  for (const claim of someClaims) {
    const { actors, recipients } = ends(claim);
    for (const source of actors) {
      for (const target of recipients) {
        if (source === target) continue;
        const id = [source, target, claim.status].join(" ");
        if (!edges.has(id)) edges.set(id, { id, source, target, status: claim.status, claims: [] });
        edges.get(id).claims.push(claim);
      }
    }
  }
  return edges;
}

/** How many claims there are for each value, most first. */
function countsBy(value) {
  const counts = new Map();
  for (const claim of data.claims) counts.set(value(claim), (counts.get(value(claim)) ?? 0) + 1);
  return new Map([...counts].sort((a, b) => b[1] - a[1]));
}

/** Entities by the number of the given claims that name them, most first. */
function mostInvolved(someClaims) {
  const counts = new Map();
  for (const claim of someClaims) {
    for (const id of new Set(participants(claim))) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([id]) => id);
}

/** All names of an entity, each once, the canonical one first. */
function namesOf(entity) {
  return [...new Set([entity.name, ...Object.values(entity.names ?? {}).flat()].filter(Boolean))];
}
