import type { Json, JsonObject } from "../../local/json.ts";
import type { InvokeFunction } from "../../local/lambda/invoke.ts";
import type { HistoryEvent } from "../../local/stepfunctions/asl/history.ts";

/** One recorded execution. */
export interface RecordedCase {
  readonly name: string;
  readonly definition: JsonObject;
  readonly input: Json;
  readonly lambdaStubs: Readonly<Record<string, Stub>> | null;
  readonly expectedStatus: string;
  readonly expectedOutput?: Json;
  readonly expectedError?: { readonly error?: string; readonly cause?: string };
  readonly stateExits?: readonly JsonObject[];
  readonly stateExitsOrdered?: boolean;
  readonly eventTypes: Readonly<Record<string, number>>;
  readonly maskedPaths?: readonly string[];
  readonly ignoreKeys?: readonly string[];
}

type Stub =
  | { readonly kind: "identity" }
  | { readonly kind: "constant"; readonly value: Json }
  | { readonly kind: "raise"; readonly errorType: string; readonly errorMessage: string }
  | { readonly kind: "sleep"; readonly seconds: number };

/** Functions that do what the recorded ones did. */
export const stubbedFunctions =
  (stubs: RecordedCase["lambdaStubs"]): InvokeFunction =>
  async ({ functionName, payload }) => {
    const stub = stubs?.[functionName.split(":").at(-1) ?? ""];
    if (!stub) throw new Error(`The recording has no function ${functionName}`);
    const answer = { requestId: "8a1f7f9c-0a7e-4d0c-9c55-3f1d1f6f7b11", durationMs: 1, memoryBytes: 0 };
    switch (stub.kind) {
      case "identity":
        return { ...answer, payload };
      case "constant":
        return { ...answer, payload: JSON.stringify(stub.value) };
      case "raise": {
        const { errorType, errorMessage } = stub;
        return { ...answer, payload: JSON.stringify({ errorType, errorMessage }), functionError: "Unhandled" };
      }
      default:
        throw new Error(`No recorded execution has a ${stub.kind} function so far`);
    }
  };

/** Both sides of a comparison, in the form in which the recording may be compared. */
export interface Comparison {
  output(value: Json): Json;
  error(value: { readonly error?: string | undefined; readonly cause?: string | undefined }): Json;
  exits(events: readonly HistoryEvent[]): Json;
  recordedExits(exits: Json): Json;
}

export const comparable = ({ maskedPaths = [], ignoreKeys = [], stateExitsOrdered }: RecordedCase): Comparison => {
  const plain = (value: Json): Json => withoutKeys(parsedTexts(value), ignoreKeys);
  const output = (value: Json) =>
    maskedPaths.reduce((masked, path) => without(masked, path.split("/").slice(1)), plain(value));
  const inOrder = (exits: Json[]): Json[] =>
    stateExitsOrdered ? exits : exits.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  // A masked path is the final output's; the same fields stand in what the states before it put out.
  const exit = ({ state, type, output: value, assigned }: JsonObject): Json => ({
    state: state ?? null,
    type: type ?? null,
    output: output(value ?? null),
    ...(assigned === undefined ? {} : { assigned: plain(assigned) }),
  });
  return {
    output,
    error: ({ error, cause }) => ({ error: error ?? null, cause: plain(cause ?? null) }),
    exits: (events) =>
      inOrder(
        events
          .filter(({ type }) => type.endsWith("StateExited"))
          .map(({ type, details }) => {
            const { name, output: text, assignedVariables: assigned } = details();
            const parsed = JSON.parse(String(text));
            return exit({
              state: name ?? null,
              type: type.replace("StateExited", ""),
              output: parsed,
              ...(assigned === undefined ? {} : { assigned }),
            });
          }),
      ),
    recordedExits: (exits) => inOrder((exits as JsonObject[]).map(exit)),
  };
};

/** Texts of JSON objects are compared as the objects, and a function's error by its type and message alone. */
const parsedTexts = (value: Json): Json => {
  if (typeof value === "string" && value.startsWith("{")) {
    try {
      const parsed: Json = JSON.parse(value);
      const { errorType, errorMessage } = parsed as JsonObject;
      return errorType === undefined ? parsedTexts(parsed) : { errorType, errorMessage: errorMessage ?? null };
    } catch {
      return value;
    }
  }
  return mapped(value, parsedTexts);
};

const withoutKeys = (value: Json, keys: readonly string[]): Json =>
  mapped(
    value,
    (item) => withoutKeys(item, keys),
    (key) => !keys.includes(key),
  );

const without = (value: Json, [key, ...rest]: readonly string[]): Json => {
  if (key === undefined || typeof value !== "object" || value === null || Array.isArray(value) || !(key in value))
    return value;
  const { [key]: item, ...others } = value;
  return rest.length === 0 ? others : { ...others, [key]: without(item ?? null, rest) };
};

const mapped = (value: Json, map: (item: Json) => Json, keep: (key: string) => boolean = () => true): Json => {
  if (Array.isArray(value)) return value.map(map);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, item]) => (keep(key) ? [[key, map(item)]] : [])));
};
