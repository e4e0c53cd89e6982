import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FAULTS } from "../../../local/faults/names.ts";

test("docs/operations.md has a row for every fault, and for no other", () => {
  const page = readFileSync(new URL("../../../docs/operations.md", import.meta.url), "utf8");
  const section = page.split("## Faults on demand")[1]?.split("\n## ")[0] ?? "";
  const rows = [...section.matchAll(/^\| `([\w.-]+)` \|/gm)].map(([, name]) => name);
  expect(rows).toEqual(Object.keys(FAULTS));
});
