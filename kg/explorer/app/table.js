// The claims in view as a table: to sort, and for those who cannot or do not want to use the drawing.

const list = document.getElementById("list");
const LIST_STEP = 100;

/** The text by which a column sorts. */
const SORT_KEYS = {
  who: (claim) => namesText(claim, "actor"),
  what: relationWords,
  whom: (claim) => namesText(claim, "recipient"),
  status: (claim) => String(statusCode[claim]),
  says: (claim) => namesText(claim, "speaker"),
  date: (claim) => claims.date.get(claim) ?? "",
  sources: (claim) => String(sourcesOf(claim)).padStart(6, "0"),
  article: (claim) => articles.title.get(claims.article.get(claim)) ?? "",
};

/** The claims of the table: those that pass, and of these those of the selection. */
function listed() {
  const { kind, ids } = view.select ?? {};
  if (kind === "entity") return Array.from(claimsOf.of(entityPlace.get(ids[0]))).filter((claim) => found.passes[claim]);
  if (kind === "pair") return claimsBetween(...ids.map((id) => entityPlace.get(id))).filter((claim) => found.passes[claim]);
  return found.claims;
}

/** Sorted by a column; what has nothing there comes last, whichever way. */
function sorted(someClaims, sort) {
  const down = sort.startsWith("-");
  const key = SORT_KEYS[sort.replace("-", "")];
  const compare = new Intl.Collator(t("locale"), { numeric: true }).compare;
  const keyed = someClaims.map((claim) => [key(claim), claim]);
  keyed.sort(([a, one], [b, other]) => {
    if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1) || one - other;
    return (down ? compare(b, a) : compare(a, b)) || one - other;
  });
  return keyed.map(([, claim]) => claim);
}

function row(claim) {
  const status = claims.status.get(claim);
  const at = claims.article.get(claim);
  const open = button(relationWords(claim), () => select("claim", claims.id.get(claim)), { class: "name" });
  const others = otherRoles(claim).slice(0, 1).flatMap((role) => names(mentionsIn(claim, role)));
  const recipients = names(mentionsIn(claim, "recipient"));
  const tr = el(
    "tr",
    { class: status },
    el("td", {}, ...names(mentionsIn(claim, "actor"), t("someone"))),
    el("td", {}, open),
    el("td", {}, ...(recipients.length ? recipients : others)),
    el("td", {}, badge(status)),
    el("td", {}, ...speakers(claim)),
    el("td", {}, when(claim)),
    el("td", { class: "number" }, number(sourcesOf(claim))),
    el("td", { class: "faint", dir: "auto" }, articles.title.get(at) ?? articles.id.get(at)),
  );
  return coloured(tr, "statuses", status);
}

function columnHead(name) {
  const up = view.sort === name;
  const down = view.sort === `-${name}`;
  const sort = up ? "ascending" : down ? "descending" : null;
  const onclick = () => go({ sort: up ? `-${name}` : name });
  return el("th", { scope: "col", "aria-sort": sort }, button(`${t(`col_${name}`)}${up ? " ↑" : down ? " ↓" : ""}`, onclick, { id: `sort-${name}` }));
}

function drawTable() {
  const shown = sorted(listed(), view.sort);
  const body = el("tbody");
  const more = button("", () => grow(), { class: "more" });
  const grow = () => {
    const done = body.childElementCount;
    body.append(...shown.slice(done, done + LIST_STEP).map(row));
    const left = shown.length - body.childElementCount;
    more.hidden = left === 0;
    more.textContent = t("more_claims", { n: number(Math.min(left, LIST_STEP)) });
  };
  grow();
  const head = el("thead", {}, el("tr", {}, ...SORTS.map(columnHead)));
  const about = ["entity", "pair"].includes(view.select?.kind) ? ` · ${view.select.ids.map((id) => nameOf(entityPlace.get(id))).join(" ↔ ")}` : "";
  fill(list, el("table", {}, el("caption", {}, `${t("list_title")}: ${claimCount(shown.length)}${about}`), head, body), more);
}
