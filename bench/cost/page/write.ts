/**
 * `npm run cost:page`: writes the generated parts of `docs/cost-and-scale.md`, and the plot of costs by room. The times
 * are those in `docs/plots/fanout.json`, which `npm run bench -- fanout` writes.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { costPerMillion } from "../../plots/fanout.ts";
import { withParts } from "./marked.ts";
import { costRows, parts } from "./parts.ts";

const docs = new URL("../../../docs/", import.meta.url);
const page = new URL("cost-and-scale.md", docs);
const { rows } = JSON.parse(readFileSync(new URL("plots/fanout.json", docs), "utf8"));
writeFileSync(page, withParts(readFileSync(page, "utf8"), parts(rows)));
writeFileSync(new URL("plots/cost-by-room.svg", docs), costPerMillion(costRows()));
