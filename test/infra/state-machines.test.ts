import validate from "asl-validator";
import { expect, inject, test } from "vitest";
import { readAssembly } from "../../local/cloudformation/assembly.ts";
import { loadStack } from "../../local/cloudformation/stack.ts";
import { PLACE } from "../../local/load-app.ts";
import { resourceTypes } from "../../local/resource-types.ts";
import { compile } from "../../local/stepfunctions/asl/compile.ts";
import { definitionOf } from "../../local/stepfunctions/definition.ts";
import { resourceTypes as stepFunctions } from "../../local/stepfunctions/resources.ts";
import { createIntegrations } from "../../local/stepfunctions/tasks/integrations.ts";

const assembly = inject("assembly");
const [synthesized] = readAssembly(assembly).stacks;
const stack = loadStack({ ...PLACE, ...synthesized!, assemblyDirectory: assembly, types: resourceTypes });
const machines = stack
  .ofType(stepFunctions["AWS::StepFunctions::StateMachine"])
  .map((resource) => ({ id: resource.logicalId, ...definitionOf(resource) }));

const unused = () => Promise.reject(new Error("Nothing runs here."));
const integrations = createIntegrations({ invoke: unused, callService: unused, uuid: () => "" });

test("the template has state machines", () => {
  expect(machines).not.toEqual([]);
});

test.each(machines)("$id has a value for every placeholder", ({ text }) => {
  expect(text).not.toMatch(/\$\{/);
});

test.each(machines)("asl-validator finds nothing in $id", ({ definition }) => {
  // A copy, since it writes the query language into every state.
  expect(validate(structuredClone(definition)).errors).toEqual([]);
});

test.each(machines)("our own interpreter finds nothing in $id", ({ definition }) => {
  expect(compile(definition, integrations).problems).toBeUndefined();
});
