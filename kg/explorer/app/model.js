// What the tables say together: who is in which claim, which lines join two names, when it was.

const statuses = Object.keys(data.palette.statuses);
const NO_DAY = -2147483648;
const DAY = 86400000;

/** Lists of numbers in one array: `of(row)` are those that were added for the row. */
class Lists {
  /** `visit(add)` calls `add(row, value)` for everything, the same way each time. */
  constructor(rows, visit) {
    this.from = new Uint32Array(rows + 1);
    visit((row) => (this.from[row + 1] += 1));
    for (let row = 0; row < rows; row += 1) this.from[row + 1] += this.from[row];
    this.values = new Uint32Array(this.from[rows]);
    const next = this.from.slice(0, rows);
    visit((row, value) => (this.values[next[row]++] = value));
  }

  of(row) {
    return this.values.subarray(this.from[row], this.from[row + 1]);
  }
}

const entityPlace = new Map();
for (let row = 0; row < entities.size; row += 1) entityPlace.set(entities.id.get(row), row);

const mentionClaim = Uint32Array.from(mentions.claim.values);
/** The entity of each mention; -1 where the words stand for none. */
const mentionEntity = Int32Array.from(mentions.entity.values, (entity) => entity ?? -1);

/** The mentions of a claim, in the order of the table. */
const mentionsOf = new Lists(claims.size, (add) => {
  for (let row = 0; row < mentions.size; row += 1) add(mentionClaim[row], row);
});

/** The claims that name an entity in any role, each once. */
const claimsOf = new Lists(entities.size, (add) => {
  const last = new Int32Array(entities.size).fill(-1);
  for (let row = 0; row < mentions.size; row += 1) {
    const entity = mentionEntity[row];
    const claim = mentionClaim[row];
    if (entity < 0 || last[entity] === claim) continue;
    last[entity] = claim;
    add(entity, claim);
  }
});

/** The mentions in a role of a claim. */
function mentionsIn(claim, role) {
  return Array.from(mentionsOf.of(claim)).filter((row) => mentions.role.get(row) === role);
}

/** For each claim the entities in a role, each once. */
function entitiesIn(...roles) {
  const codes = mentions.role.coded();
  const wanted = codes.words.map((role) => roles.includes(role));
  return new Lists(claims.size, (add) => {
    const last = new Int32Array(entities.size).fill(-1);
    for (let row = 0; row < mentions.size; row += 1) {
      const entity = mentionEntity[row];
      const claim = mentionClaim[row];
      if (entity < 0 || !wanted[codes.codes[row]] || last[entity] === claim) continue;
      last[entity] = claim;
      add(claim, entity);
    }
  });
}

const actorsOf = entitiesIn("actor");
const recipientsOf = entitiesIn("recipient");
const partiesOf = entitiesIn("actor", "recipient");
const placesOf = entitiesIn("place");

// A line joins an actor and a recipient by all claims of one status.

const statusCode = Array.from({ length: claims.size }, (_, claim) => Math.max(statuses.indexOf(claims.status.get(claim)), 0));
const lines = [];
{
  const known = Array.from({ length: entities.size }, () => null); // by source, then by target and status
  for (let claim = 0; claim < claims.size; claim += 1) {
    const recipients = recipientsOf.of(claim);
    if (!recipients.length) continue;
    for (const source of actorsOf.of(claim)) {
      const from = (known[source] ??= new Map());
      for (const target of recipients) {
        if (source === target) continue;
        const key = target * statuses.length + statusCode[claim];
        let line = from.get(key);
        if (!line) {
          line = { at: lines.length, source, target, status: statuses[statusCode[claim]], claims: [] };
          from.set(key, line);
          lines.push(line);
        }
        line.claims.push(claim);
      }
    }
  }
}

/** The lines that a claim is on. */
const linesOf = new Lists(claims.size, (add) => {
  for (const line of lines) for (const claim of line.claims) add(claim, line.at);
});

/** The lines at an entity. */
const linesAt = new Lists(entities.size, (add) => {
  for (const line of lines) {
    add(line.source, line.at);
    add(line.target, line.at);
  }
});

function lineId(line) {
  return `${entities.id.get(line.source)} ${entities.id.get(line.target)} ${line.status}`;
}

const contradicting = new Map();
for (const [one, other] of data.contradictions) {
  contradicting.set(one, [...(contradicting.get(one) ?? []), other]);
  contradicting.set(other, [...(contradicting.get(other) ?? []), one]);
}

/** First and last day of a date that is cut to its precision, in days since 1970; null if it is none. */
function daysOf(date, precision) {
  const parts = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(date ?? "");
  if (!parts) return null;
  const [year, month, day] = parts.slice(1).map((part) => (part === undefined ? null : Number(part)));
  const at = (...when) => {
    const made = new Date(0);
    made.setUTCFullYear(...when);
    return Math.round(made.valueOf() / DAY);
  };
  if (precision === "decade") return [at(year, 0, 1), at(year + 10, 0, 0)];
  if (month === null) return [at(year, 0, 1), at(year + 1, 0, 0)];
  if (month < 1 || month > 12) return null;
  if (day === null) return [at(year, month - 1, 1), at(year, month, 0)];
  const first = at(year, month - 1, day);
  return [first, first + (precision === "week" ? 6 : 0)];
}

function isoDay(day) {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

const firstDay = new Int32Array(claims.size).fill(NO_DAY);
const lastDay = new Int32Array(claims.size).fill(NO_DAY);
{
  const known = new Map();
  for (let claim = 0; claim < claims.size; claim += 1) {
    const date = claims.date.get(claim);
    if (!date) continue;
    const precision = claims.date_precision.get(claim);
    const key = `${date} ${precision}`;
    if (!known.has(key)) known.set(key, daysOf(date, precision));
    const found = known.get(key);
    if (found) [firstDay[claim], lastDay[claim]] = found;
  }
}
const publishedDay = articles.published.map((date) => daysOf(date, "day")?.[0] ?? NO_DAY);

/** Text as it is compared: without marks and case. */
function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase("und");
}

function nameOf(entity) {
  return entities.name.get(entity);
}

function typeOf(entity) {
  return entities.type.get(entity) ?? "Other";
}

/** All names of an entity, each once, the canonical one first. */
function namesOf(entity) {
  return [nameOf(entity), ...(entities.names.get(entity) ?? [])];
}

/** Relations of the codebook by their English label, which claims carry. */
const relationOf = new Map(Object.entries(data.words.relation ?? {}).map(([id, names]) => [names.en, id]));

/** A claim's label in the reader's language; words of the text stay as they are. */
function labelWords(label) {
  return (relationOf.has(label) && wordFor("relation", relationOf.get(label))) || label;
}

/** The relation in words; what is asked not to be done says so. */
function relationWords(claim) {
  const label = labelWords(claims.label.get(claim));
  const turned = claims.polarity.get(claim) === "negated" && !["negated", "denied"].includes(claims.status.get(claim));
  return turned ? `${t("not")} ${label}` : label;
}

/** On how many independent sources the event of a claim rests. */
function sourcesOf(claim) {
  const event = claims.event.get(claim);
  return event === null ? 1 : events.sources.get(event);
}

/** "conflict", "cooperation" or null, by the event type. */
function kindOf(claim) {
  const quad = data.words.quad?.[claims.event_type.get(claim)]?.en ?? "";
  return ["conflict", "cooperation"].find((kind) => quad.includes(kind)) ?? null;
}
