import * as v from "valibot";
import type { Json } from "../json.ts";
import { type Problem, Unresolved } from "./template-error.ts";

const size = v.union([v.number(), v.pipe(v.string(), v.transform(Number), v.integer())]);

/**
 * A parameter's declaration. What is only there for people (Description, ConstraintDescription, NoEcho) is accepted.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export const parameterSchema = v.strictObject({
  Type: v.picklist(["String", "Number", "List<Number>", "CommaDelimitedList", "AWS::SSM::Parameter::Value<String>"]),
  Default: v.optional(v.union([v.string(), v.number()])),
  AllowedValues: v.optional(v.array(v.union([v.string(), v.number()]))),
  AllowedPattern: v.optional(v.string()),
  MinLength: v.optional(size),
  MaxLength: v.optional(size),
  MinValue: v.optional(size),
  MaxValue: v.optional(size),
  Description: v.optional(v.string()),
  ConstraintDescription: v.optional(v.string()),
  NoEcho: v.optional(v.union([v.boolean(), v.string()])),
});
type Parameter = v.InferOutput<typeof parameterSchema>;

/** What `Ref` gives for each parameter. */
export interface Parameters {
  /** @throws Error for one whose value nobody here knows, Unresolved for one among the problems. */
  value(name: string): Json;
  readonly problems: readonly Problem[];
}

/** Checks the values given against the declarations and fills in the defaults. */
export const createParameters = (
  declared: ReadonlyMap<string, Parameter>,
  given: Readonly<Record<string, string>>,
): Parameters => {
  const values = new Map<string, Json>();
  const problems: Problem[] = [];
  const refused = new Set<string>();
  const refuse = (logicalId: string, message: string) => {
    refused.add(logicalId);
    problems.push({ subject: { logicalId, type: "Parameter" }, path: "", message });
  };
  for (const [logicalId, parameter] of declared) {
    const value = Object.hasOwn(given, logicalId) ? given[logicalId] : defaultOf(parameter);
    if (value === undefined) {
      // The default of such a parameter is the name of a value in Systems Manager. CDK declares one, BootstrapVersion,
      // for its rule alone; only a use of it needs the value itself.
      if (!isStoredElsewhere(parameter)) refuse(logicalId, "has no default: give it a value");
      continue;
    }
    const broken = constraintBrokenBy(String(value), parameter);
    if (broken) refuse(logicalId, broken);
    else values.set(logicalId, typed(String(value), parameter.Type));
  }
  for (const name of Object.keys(given))
    if (!declared.has(name)) problems.push({ path: "Parameters", message: `There is no parameter ${name}` });
  return {
    problems,
    value(name) {
      if (refused.has(name)) throw new Unresolved([]);
      const value = values.get(name);
      if (value === undefined) throw new Error(`The parameter ${name} has no value here: give it one`);
      return value;
    },
  };
};

const isStoredElsewhere = ({ Type }: Parameter) => Type.startsWith("AWS::SSM::");

const defaultOf = (parameter: Parameter) => (isStoredElsewhere(parameter) ? undefined : parameter.Default);

const typed = (value: string, type: Parameter["Type"]): Json => {
  if (type === "Number") return Number(value);
  if (type === "CommaDelimitedList" || type === "List<Number>") return value.split(",").map((entry) => entry.trim());
  return value;
};

const constraintBrokenBy = (value: string, parameter: Parameter): string | undefined => {
  const { Type, AllowedValues, AllowedPattern, MinLength, MaxLength, MinValue, MaxValue } = parameter;
  if (Type === "Number" && !(value.trim() !== "" && Number.isFinite(Number(value)))) return `${value} is not a number`;
  if (AllowedValues && !AllowedValues.some((allowed) => String(allowed) === value))
    return `${value} is not one of ${AllowedValues.join(", ")}`;
  if (AllowedPattern !== undefined && !new RegExp(`^(?:${AllowedPattern})$`).test(value))
    return `${value} does not match ${AllowedPattern}`;
  if (MinLength !== undefined && value.length < MinLength) return `is shorter than ${MinLength} characters`;
  if (MaxLength !== undefined && value.length > MaxLength) return `is longer than ${MaxLength} characters`;
  if (MinValue !== undefined && Number(value) < MinValue) return `${value} is less than ${MinValue}`;
  if (MaxValue !== undefined && Number(value) > MaxValue) return `${value} is more than ${MaxValue}`;
  return undefined;
};
