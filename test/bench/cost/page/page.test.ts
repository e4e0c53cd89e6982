import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { withParts } from "../../../../bench/cost/page/marked.ts";
import { costRows, parts } from "../../../../bench/cost/page/parts.ts";
import { costPerMillion } from "../../../../bench/plots/fanout.ts";

const docs = new URL("../../../../docs/", import.meta.url);
const read = (file: string) => readFileSync(new URL(file, docs), "utf8");
const behind = "What this is computed from has changed: `npm run cost:page` writes it anew.";

test("docs/cost-and-scale.md has what the prices, the formulas and the model make", () => {
  const page = read("cost-and-scale.md");
  expect(page, behind).toBe(withParts(page, parts(JSON.parse(read("plots/fanout.json")).rows)));
});

test("the plot of costs by room has what the prices and the formulas make", () => {
  expect(read("plots/cost-by-room.svg"), behind).toBe(costPerMillion(costRows()));
});

test.each(["cost-by-room", "cost-per-million", "time-to-last"])(
  "the plot %s is there and says what it shows",
  (name) => {
    expect(read(`plots/${name}.svg`)).toMatch(/^<svg .*<title id="title">.+<\/title><desc id="description">.+<\/desc>/);
  },
);
