import type { Json, JsonObject } from "../../../local/json.ts";
import type { InvokeFunction, InvokeResult } from "../../../local/lambda/invoke.ts";

/** A machine of states one after the other: each goes on to the next where it says nothing else. */
export const machine = (states: Record<string, JsonObject>, fields: JsonObject = {}): JsonObject => {
  const names = Object.keys(states);
  return { QueryLanguage: "JSONata", StartAt: names[0] ?? "", States: chained(states), ...fields };
};

/** Like `machine`, for an ItemProcessor or a branch. */
export const flow = (states: Record<string, JsonObject>): JsonObject => ({
  StartAt: Object.keys(states)[0] ?? "",
  States: chained(states),
});

const chained = (states: Record<string, JsonObject>): JsonObject => {
  const names = Object.keys(states);
  return Object.fromEntries(
    Object.entries(states).map(([name, state], index) => {
      const goesOn = ["Choice", "Fail", "Succeed"].includes(String(state.Type)) || state.Next || state.End;
      const next = names[index + 1];
      return [name, goesOn ? state : { ...state, ...(next ? { Next: next } : { End: true }) }];
    }),
  );
};

export const pass = (fields: JsonObject = {}): JsonObject => ({ Type: "Pass", ...fields });

/** A task that invokes the function `worker` with the state's input. */
export const work = (fields: JsonObject = {}): JsonObject => ({
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke",
  Arguments: { FunctionName: "worker", Payload: "{% $states.input %}" },
  Output: "{% $states.result.Payload %}",
  ...fields,
});

/** What Lambda answers for a function that returned `value`. */
export const returned = (value: Json): InvokeResult => ({
  requestId: "8a1f7f9c-0a7e-4d0c-9c55-3f1d1f6f7b11",
  payload: JSON.stringify(value),
  durationMs: 1,
  memoryBytes: 0,
});

/** What Lambda answers for a function that threw. */
export const threw = (errorType: string, errorMessage = "no reason"): InvokeResult => ({
  ...returned({ errorType, errorMessage }),
  functionError: "Unhandled",
});

/** A function that fails with these errors, one a call, and then returns its event. */
export const failing = (...errorTypes: string[]): InvokeFunction => {
  let calls = 0;
  return async ({ payload }) => {
    const errorType = errorTypes[calls++];
    return errorType === undefined ? returned(JSON.parse(payload)) : threw(errorType);
  };
};
