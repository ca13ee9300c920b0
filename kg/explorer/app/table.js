// The claims in view as a table, for those who cannot or do not want to use the drawing.

const list = document.getElementById("list");
const LIST_STEP = 200;

function row(claim) {
  const article = articles.get(claim.article);
  const open = button(relationWords(claim), () => select("claim", claim.id), { class: "name" });
  const tr = el(
    "tr",
    { class: claim.status },
    el("td", {}, ...names(claim.actors, t("someone"))),
    el("td", {}, open),
    el("td", {}, ...names(claim.recipients, "–")),
    el("td", {}, badge(claim.status)),
    el("td", {}, ...speakers(claim)),
    el("td", {}, when(claim)),
    el("td", { class: "faint" }, article?.title ?? claim.article),
  );
  return coloured(tr, "statuses", claim.status);
}

function inSelection(claim, selection) {
  if (selection?.kind === "entity") return participants(claim).includes(selection.id);
  if (selection?.kind === "edge") return edgesOf([claim]).has(selection.id);
  return true;
}

function drawList(someClaims, selection) {
  const shown = someClaims.filter((claim) => inSelection(claim, selection));
  const body = el("tbody");
  const more = button("", () => grow(), { class: "more" });
  const grow = () => {
    const done = body.childElementCount;
    body.append(...shown.slice(done, done + LIST_STEP).map(row));
    const left = shown.length - body.childElementCount;
    more.hidden = left === 0;
    more.textContent = t("more_claims", { n: Math.min(left, LIST_STEP) });
  };
  const heads = ["actor", "label", "recipient", "status", "says", "date", "article"];
  const head = el("thead", {}, el("tr", {}, ...heads.map((name) => el("th", { scope: "col" }, t(`col_${name}`)))));
  grow();
  list.replaceChildren(el("table", {}, el("caption", {}, `${t("list_title")}: ${claimCount(shown.length)}`), head, body), more);
}
