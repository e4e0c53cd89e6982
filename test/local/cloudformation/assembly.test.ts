import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, CfnWaitConditionHandle, Stack, Stage } from "aws-cdk-lib";
import { Asset } from "aws-cdk-lib/aws-s3-assets";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readAssembly } from "../../../local/cloudformation/assembly.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "assembly-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

test("what CDK synthesizes is read with its assets, stages included", () => {
  const app = new App({ outdir: directory, analyticsReporting: false });
  const file = join(directory, "file.txt");
  writeFileSync(file, "content");
  const main = new Stack(app, "Main", { stackName: "main-stack" });
  new Asset(main, "file", { path: file });
  for (const stack of [main, new Stack(new Stage(app, "Beta"), "Inner")]) new CfnWaitConditionHandle(stack, "handle");
  app.synth();

  const [inner, outer] = readAssembly(directory).stacks.toSorted((a, b) => a.stackName.localeCompare(b.stackName));
  expect(outer?.stackName).toBe("main-stack");
  expect(Object.keys(outer?.assets?.files ?? {})).toHaveLength(2);
  expect(outer?.directory).toBe(directory);
  expect(inner).toMatchObject({ stackName: "Beta-Inner", template: { Resources: { handle: expect.anything() } } });
});

test("a folder without a manifest is refused by the file's name", () => {
  expect(() => readAssembly(directory)).toThrow(`Cannot read ${join(directory, "manifest.json")}`);
});

test("a manifest that is none of CDK's is refused", () => {
  writeFileSync(join(directory, "manifest.json"), "{}");
  expect(() => readAssembly(directory)).toThrow("manifest.json is not the manifest of a CDK app");
});
