const jsonPath = "belongs to JSONPath, which is not run here: write the state in JSONata";
const distributed = "belongs to Distributed Map, which Express machines do not have";

/** Fields that the States Language has and this interpreter does not run, with what to do instead. */
const reasons: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      ...["InputPath", "OutputPath", "ResultPath", "ResultSelector", "Parameters", "Result", "ItemsPath"],
      ...["SecondsPath", "TimestampPath", "TimeoutSecondsPath", "HeartbeatSecondsPath", "ErrorPath", "CausePath"],
      ...["MaxConcurrencyPath", "ToleratedFailureCountPath", "ToleratedFailurePercentagePath", "Variable"],
    ].map((field) => [field, jsonPath]),
  ),
  ...Object.fromEntries(["ItemReader", "ItemBatcher", "ResultWriter", "Label"].map((field) => [field, distributed])),
  Iterator: "is the old name of ItemProcessor: use that",
  Credentials: "is not run here: every task runs with the machine's own role",
};

/** Why a field is refused. */
export const refusal = (field: string): string => reasons[field] ?? "is not a field of this part of the language";

/** The fields that mean the same in JSONPath and JSONata, as long as their values hold no path and no expression. */
const neutral = new Set(["Type", "Comment", "QueryLanguage", "Next", "End", "Assign", "Error", "Cause", "Seconds"]);

/**
 * A state without `"QueryLanguage": "JSONata"`, of its own or its machine's, is a JSONPath state. One that does not
 * use its query language at all is run; anything else about it is refused.
 * @returns the field at fault and why.
 */
export const jsonPathRefusal = (
  state: Readonly<Record<string, unknown>>,
): [field: string, reason: string] | undefined => {
  const field = Object.keys(state).find((name) => !neutral.has(name));
  if (field) return [field, reasons[field] ?? 'needs "QueryLanguage": "JSONata": JSONPath is not run here'];
  if (!["Pass", "Succeed", "Fail", "Wait"].includes(String(state.Type)))
    return ["QueryLanguage", "must be JSONata: JSONPath is not run here"];
  const path = pathIn(state.Assign);
  return path === undefined ? undefined : [`Assign.${path}`, jsonPath];
};

const pathIn = (value: unknown): string | undefined => {
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, item] of Object.entries(value)) {
    if (key.endsWith(".$") || (typeof item === "string" && item.startsWith("{%"))) return key;
    const inside = pathIn(item);
    if (inside !== undefined) return `${key}.${inside}`;
  }
  return undefined;
};
