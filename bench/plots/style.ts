/** Lines besides ours and the limit that have a colour of their own. */
export const COLOURS = 6;

const light = ["#b8460b", "#7c3aed", "#0f766e", "#b3195f", "#7a6200", "#4b5563"];
const dark = ["#ff9a5c", "#b79cff", "#4fc9b8", "#ff8ac2", "#dcbd45", "#a9b4c2"];

const variables = (
  surface: string,
  ink: string,
  quiet: string,
  grid: string,
  ours: string,
  others: readonly string[],
) =>
  [
    `--surface:${surface};--ink:${ink};--quiet:${quiet};--grid:${grid};--ours:${ours};--limit:${quiet}`,
    ...others.map((colour, index) => `--other-${index + 1}:${colour}`),
  ].join(";");

const kinds = ["ours", "limit", ...light.map((_, index) => `other-${index + 1}`)];

/** An image on a page follows the reader's system, not the page: so it brings its own surface. */
export const STYLE = [
  `svg{${variables("#ffffff", "#1f2328", "#59636e", "#e4e7eb", "#0b62c4", light)}}`,
  `@media (prefers-color-scheme:dark){svg{${variables("#0d1117", "#e6edf3", "#9aa4af", "#2a313a", "#5aa9ff", dark)}}}`,
  "text{font:13px system-ui,-apple-system,'Segoe UI',sans-serif;fill:var(--ink)}",
  ".title{font-size:16px;font-weight:600}.tick,.axis{fill:var(--quiet);font-size:12px}",
  ".surface{fill:var(--surface)}.grid{stroke:var(--grid)}",
  "polyline{fill:none;stroke-width:2;stroke-linejoin:round}.swatch{stroke-width:3}",
  ".ours polyline{stroke-width:3.5}.ours .label{font-weight:600}.limit polyline,.limit .swatch{stroke-dasharray:5 4}",
  ...kinds.map(
    (kind) =>
      `.${kind} polyline,.${kind} circle,.${kind} .swatch{stroke:var(--${kind})}.${kind} .whole{fill:var(--${kind})}`,
  ),
  "circle{stroke-width:2}.partial{fill:var(--surface)}.legend .partial{stroke:var(--quiet)}",
].join("");
