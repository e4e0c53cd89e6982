import { expect, test } from "vitest";
import type { JsonObject } from "../../../../local/json.ts";
import { compile } from "../../../../local/stepfunctions/asl/compile.ts";
import { createIntegrations } from "../../../../local/stepfunctions/tasks/integrations.ts";
import { flow, machine, pass, returned, work } from "../machine.ts";

const find = createIntegrations({ invoke: async () => returned(null), callService: async () => ({}), uuid: () => "" });
const problemsOf = (definition: unknown) =>
  compile(definition, find).problems?.map(({ path, message }) => `${path}: ${message}`);

const jsonPath = "belongs to JSONPath, which is not run here: write the state in JSONata";
const distributed = "belongs to Distributed Map, which Express machines do not have";
const requestResponse = "is not run here: Express machines have request-response tasks only";
const map = (fields: JsonObject): JsonObject => ({ Type: "Map", ItemProcessor: flow({ Echo: pass() }), ...fields });

test.each<[string, JsonObject, string]>([
  ["a JSONPath field", pass({ InputPath: "$.a" }), `States.A.InputPath: ${jsonPath}`],
  ["Parameters", work({ Parameters: {} }), `States.A.Parameters: ${jsonPath}`],
  [
    "a state in JSONPath",
    work({ QueryLanguage: "JSONPath" }),
    'States.A.Resource: needs "QueryLanguage": "JSONata": JSONPath is not run here',
  ],
  [
    "a JSONPath Choice",
    { Type: "Choice", Choices: [{ Variable: "$.a", Condition: true, Next: "A" }] },
    `States.A.Choices[0].Variable: ${jsonPath}`,
  ],
  ["ItemReader", map({ ItemReader: {} }), `States.A.ItemReader: ${distributed}`],
  ["ResultWriter", map({ ResultWriter: {} }), `States.A.ResultWriter: ${distributed}`],
  [
    "Distributed Map",
    map({ ItemProcessor: { ...flow({ B: pass() }), ProcessorConfig: { Mode: "DISTRIBUTED" } } }),
    "States.A.ItemProcessor.ProcessorConfig.Mode: Distributed Map is not run here: Express machines do not have it",
  ],
  [
    "Credentials",
    work({ Credentials: {} }),
    "States.A.Credentials: is not run here: every task runs with the machine's own role",
  ],
  [
    "a task token",
    work({ Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken" }),
    `States.A.Resource: .waitForTaskToken ${requestResponse}`,
  ],
  [
    "a job",
    work({ Resource: "arn:aws:states:::states:startExecution.sync:2" }),
    `States.A.Resource: .sync:2 ${requestResponse}`,
  ],
  [
    "an activity",
    work({ Resource: "arn:aws:states:us-east-1:111111111111:activity:a" }),
    "States.A.Resource: arn:aws:states:us-east-1:111111111111:activity:a is not a function's ARN nor an integration (activities are not run here)",
  ],
  [
    "an asynchronous invocation's qualifier",
    work({ Arguments: { FunctionName: "f", Qualifier: "1" } }),
    "States.A.Resource: the field Qualifier is not supported by lambda:invoke here; what is: FunctionName, Payload, InvocationType",
  ],
  ["a field that does not exist", pass({ Nxt: "A" }), "States.A.Nxt: is not a field of this part of the language"],
  ["a type that does not exist", { Type: "Jump", End: true }, "States.A.Type: there is no type of state 'Jump'"],
  ["a field that is missing", { Type: "Task", End: true }, "States.A.Resource: is missing"],
  ["both Next and End", pass({ Next: "A", End: true }), 'States.A: needs either Next or "End": true'],
  ["an unknown target", pass({ Next: "B" }), "States.A.Next: there is no state 'B' here: A"],
  [
    "an unknown target of a catcher",
    work({ Catch: [{ ErrorEquals: ["E"], Next: "B" }] }),
    "States.A.Catch[0].Next: there is no state 'B' here: A",
  ],
  [
    "a syntax error",
    pass({ Output: { a: "{% 1 + %}" } }),
    "States.A.Output.a: Unexpected end of expression (S0207, at character 3)",
  ],
  [
    "$eval",
    pass({ Output: "{% $eval('1') %}" }),
    "States.A.Output: $eval is not available in Step Functions; for JSON text use $parse",
  ],
  [
    "the operator ??",
    pass({ Output: "{% $a ?? 1 %}" }),
    "States.A.Output: the operator ?? came with JSONata 2.1, Step Functions has 2.0.6: use $exists(a) ? a : b",
  ],
  [
    "the operator ?:",
    pass({ Output: "{% $a.b[0] ?: 1 %}" }),
    "States.A.Output: the operator ?: came with JSONata 2.1, Step Functions has 2.0.6: use a ? a : b",
  ],
  [
    "a literal of the wrong type",
    map({ MaxConcurrency: "many" }),
    "States.A.MaxConcurrency: must be a whole number from 0 to 99999999 or a JSONata expression",
  ],
  [
    "Wait with two times",
    { Type: "Wait", Seconds: 1, Timestamp: "2026-01-01T00:00:00Z" },
    "States.A: A Wait state has either Seconds or Timestamp",
  ],
  [
    "States.ALL among others",
    work({ Retry: [{ ErrorEquals: ["E", "States.ALL"] }] }),
    "States.A.Retry[0].ErrorEquals: States.ALL must stand alone",
  ],
  [
    "States.ALL before others",
    work({ Retry: [{ ErrorEquals: ["States.ALL"] }, { ErrorEquals: ["E"] }] }),
    "States.A.Retry[0].ErrorEquals: States.ALL must be in the last of Retry",
  ],
  [
    "the variable states",
    pass({ Assign: { states: 1 } }),
    "States.A.Assign.states: is reserved: choose another name for the variable",
  ],
  [
    "a variable with a bad name",
    pass({ Assign: { "1a": 1 } }),
    "States.A.Assign.1a: is not a variable's name: up to 80 letters, digits and _, a letter first",
  ],
])("refuses %s by its path", (_what, state, problem) => {
  expect(problemsOf(machine({ A: state }))).toEqual([problem]);
});

test.each<[string, JsonObject, string[]]>([
  [
    "a machine without states",
    { QueryLanguage: "JSONata", StartAt: "A", States: {} },
    ["StartAt: there is no state 'A' here: "],
  ],
  [
    "neither Next nor End",
    { QueryLanguage: "JSONata", StartAt: "A", States: { A: { Type: "Pass" } } },
    ['States.A: needs either Next or "End": true'],
  ],
  ["an unknown start", { ...machine({ A: pass() }), StartAt: "B" }, ["StartAt: there is no state 'B' here: A"]],
  [
    "a state that nothing leads to",
    machine({ A: pass({ End: true }), B: pass() }),
    ["States.B: no other state leads here"],
  ],
  [
    "a version",
    machine({ A: pass() }, { Version: "2.0" }),
    ['Version: Invalid type: Expected "1.0" but received "2.0"'],
  ],
  [
    "one name twice in a machine",
    machine({ A: map({ ItemProcessor: flow({ A: pass() }) }) }),
    ["States.A.ItemProcessor.States.A: another state of this machine has the same name"],
  ],
  [
    "an assignment to an outer variable",
    machine({ A: pass({ Assign: { a: 1 } }), B: map({ ItemProcessor: flow({ C: pass({ Assign: { a: 2 } }) }) }) }),
    [
      "States.B.ItemProcessor.States.C.Assign.a: is a variable of an outer scope, which can be read here but not assigned",
    ],
  ],
  [
    "everything that is wrong, at once",
    machine({ A: pass({ ResultPath: "$" }), B: work({ Retry: [{ ErrorEquals: [] }] }) }),
    [`States.A.ResultPath: ${jsonPath}`, "States.B.Retry[0].ErrorEquals: Invalid length: Expected >=1 but received 0"],
  ],
])("refuses %s", (_what, definition, problems) => {
  expect(problemsOf(definition)).toEqual(problems);
});

test("a branch may assign what only another branch assigns", () => {
  const Branches = [flow({ B: pass({ Assign: { a: 1 } }) }), flow({ C: pass({ Assign: { a: 2 } }) })];
  expect(problemsOf(machine({ A: { Type: "Parallel", Branches } }))).toBeUndefined();
});

test("a JSONPath state that uses no path is run", () => {
  const definition = {
    StartAt: "A",
    States: { A: pass({ Next: "B", Assign: { a: 1 } }), B: { Type: "Fail", Error: "E" } },
  };
  expect(problemsOf(definition)).toBeUndefined();
});
