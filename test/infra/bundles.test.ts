import { expect, test } from "vitest";
import { bundleFunctions } from "../../infra/bundles.ts";

test("no function follows every promise of its process", async () => {
  const bundles = [...(await bundleFunctions())].map(([name, code]) => ({ name, code: Buffer.from(code).toString() }));
  expect(bundles.map(({ name }) => name)).toContain("post");
  expect(bundles.filter(({ code }) => code.includes("createHook")).map(({ name }) => name)).toEqual([]);
});
