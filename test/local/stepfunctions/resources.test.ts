import { expect, test } from "vitest";
import type { JsonObject } from "../../../local/json.ts";
import { machine, pass } from "./machine.ts";
import { arn, echo, started, template } from "./started.ts";

const placeholder = (name: string) => `\${${name}}`;

test("substitutions are made in the definition's text", async () => {
  const definition = machine({ Name: pass({ Output: `${placeholder("Name")} of ${placeholder("Other")}` }) });
  const { machines } = started(definition, { DefinitionSubstitutions: { Name: 'the "queue"' } });
  expect(await machines.start(arn, {}).ended).toEqual({
    status: "SUCCEEDED",
    output: `the "queue" of ${placeholder("Other")}`,
  });
});

test("a definition that cannot be run stops the start, with the resource's name and all that is wrong", () => {
  const definition = machine({ Echo: pass({ ResultPath: "$" }), Other: pass({ Output: "{% ( %}" }) });
  expect(() => started(definition)).toThrow(
    /^Machine: its definition cannot be run:\n {2}States\.Echo\.ResultPath: .*\n {2}States\.Other\.Output: /,
  );
});

test.each<[string, JsonObject, string]>([
  ["STANDARD", { StateMachineType: "STANDARD" }, "only EXPRESS is run here"],
  ["a definition in S3", { DefinitionS3Location: { Bucket: "b", Key: "k" } }, "DefinitionS3Location"],
  ["two definitions", { Definition: {} }, "needs either DefinitionString or Definition"],
])("%s is refused", (_what, properties, message) => {
  expect(() => template(echo, properties)).toThrow(message);
});

test("Ref and Arn give the ARN", () => {
  const resource = template(echo, {});
  expect([resource.ref, resource.attribute("Arn"), resource.attribute("Name")]).toEqual([arn, arn, "Machine"]);
});
