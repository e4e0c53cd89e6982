import type { Declared } from "./declared.ts";
import { survived, unused } from "./reasons.ts";
import { ALL_IS_WELL } from "./scenario.ts";
import type { Consequence } from "./taken-away.ts";

/** The page that the table of permissions is in. */
export const PAGE = new URL("../../docs/security.md", import.meta.url);

const begin = "<!-- begin: written by npm run security -->\n";
const end = "\n<!-- end: written by npm run security -->";

type Named = Pick<Declared, "holder" | "action" | "resource">;

/** The columns of a row that say which permission it is about. */
export const titleOf = ({ holder, action, resource }: Named) => `| \`${holder}\` | \`${action}\` | \`${resource}\` |`;

/** What differs from a run with all permissions. */
export const differencesIn = ({ seen }: Pick<Consequence, "seen">): string[] =>
  [...seen].filter(([step, what]) => ALL_IS_WELL.get(step) !== what).map(([step, what]) => `${step}: ${what}`);

/** How everything is done without this permission too; undefined where it is not. */
export const survivalOf = ({ holder, action }: Named): string | undefined => survived[`${holder} ${action}`];

/** A permission's row: what becomes of Roomcast without it, and what the log says of it. */
export const rowOf = (permission: Named, consequence: Consequence): string => {
  const survival = survivalOf(permission);
  const differences = [...(survival ? [survival] : []), ...differencesIn(consequence)];
  const places = Map.groupBy(consequence.refusals, ({ sentence }) => shortened(sentence));
  const sentences = [...places].map(([sentence, all]) => {
    const where = new Set(all.flatMap((refusal) => refusal.in));
    return `${[...where].sort().join(", ")}: “${sentence}”`;
  });
  return `${titleOf(permission)} ${differences.join("<br>")} | ${sentences.join("<br>")} |`;
};

/** Without the beginnings of ARNs, and with what is another in each run replaced by what it is. */
const shortened = (sentence: string): string =>
  sentence
    .replaceAll(/arn:aws:[\w-]+:[\w-]*:\d*:/g, "")
    .replaceAll(/@connections\/\S+/g, "@connections/{connection}")
    .replaceAll(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, "{execution}");

/** The rows of the permissions that no run here uses. */
const unusedTable = (declared: readonly Named[]): string => {
  const rows = Object.entries(unused).map(([action, reason]) => {
    const holders = declared.filter((each) => each.action === action).map(({ holder }) => `\`${holder}\``);
    return `| ${holders.join(", ")} | \`${action}\` | ${reason} |`;
  });
  return ["| Who | may | why it is not taken away here |", "|---|---|---|", ...rows].join("\n");
};

/** What stands between the markers. */
export const tablesOf = (rows: readonly string[], declared: readonly Named[]): string =>
  [
    "| Who | may | on | without it | the log says, where |",
    "|---|---|---|---|---|",
    ...rows,
    "",
    "The permissions that AWS itself uses, in the role's name:",
    "",
    unusedTable(declared),
  ].join("\n");

/** What stands between the markers of a page. @throws Error when the markers are not there */
export const generatedIn = (page: string): string => {
  const [, generated] = page.match(new RegExp(`${begin}([^]*)${end}`)) ?? [];
  if (generated === undefined) throw new Error(`${PAGE.pathname} lacks the lines ${begin.trim()} and ${end.trim()}`);
  return generated;
};

/** A page with this between its markers. */
export const withGenerated = (page: string, generated: string): string =>
  page.replace(`${begin}${generatedIn(page)}${end}`, () => `${begin}${generated}${end}`);
