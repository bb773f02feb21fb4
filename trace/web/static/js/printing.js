// Counts along while the quantity and the first place change; the page works without it.

const quantity = document.querySelector("#f-quantity");
const go = document.querySelector("#go");
const pages = document.querySelector("#pages");

function count() {
  const labels = Number(quantity.value.normalize("NFKC"));
  const isCount = Number.isInteger(labels) && labels > 0;
  const words = go.querySelector("span");
  go.dataset.plain ??= words.textContent;
  words.textContent = isCount ? go.dataset.words.replace("{labels}", labels) : go.dataset.plain;
  if (!pages) return;
  const first = Number(document.querySelector("[name=first_cell]:checked")?.value ?? 1);
  const sheets = Math.ceil((first - 1 + labels) / Number(pages.dataset.cells));
  const told = sheets === 1 ? pages.dataset.one : pages.dataset.more.replace("{sheets}", sheets);
  pages.textContent = isCount ? told : "";
}

if (quantity && go) {
  document.querySelector("main form").addEventListener("input", count);
  count();
}
