import type { Json, JsonObject } from "../json.ts";

/** What the intrinsic functions of one value may ask for. Each throws an Error that says what is not there. */
export interface Scope {
  /** What `Ref` gives: a parameter's value, a pseudo parameter's or a resource's; undefined for `AWS::NoValue`. */
  ref(name: string): Json | undefined;
  /** What `Fn::GetAtt` gives. */
  attribute(logicalId: string, name: string): string;
  /** Whether a condition of the template holds. */
  condition(name: string): boolean;
  /** The value of `Fn::FindInMap`. */
  mapped(map: string, first: string, second: string): Json;
}

/** Mappings as a verb. */
export const mappedIn =
  (mappings: JsonObject): Scope["mapped"] =>
  (map, first, second) => {
    const value = at(at(at(mappings, map), first), second);
    if (value === undefined) throw new Error(`Mappings has no ${map}.${first}.${second}`);
    return value;
  };

const at = (value: Json | undefined, key: string): Json | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.hasOwn(value, key)
    ? value[key]
    : undefined;

/** What the pseudo parameters of one stack are. `AWS::NoValue` is there and undefined. */
export const pseudoParameters = (stack: {
  readonly region: string;
  readonly account: string;
  readonly stackName: string;
}): ReadonlyMap<string, Json | undefined> =>
  new Map<string, Json | undefined>([
    ["AWS::Partition", "aws"],
    ["AWS::URLSuffix", "amazonaws.com"],
    ["AWS::Region", stack.region],
    ["AWS::AccountId", stack.account],
    ["AWS::StackName", stack.stackName],
    [
      "AWS::StackId",
      `arn:aws:cloudformation:${stack.region}:${stack.account}:stack/${stack.stackName}/00000000-0000-0000-0000-000000000000`,
    ],
    ["AWS::NotificationARNs", []],
    ["AWS::NoValue", undefined],
  ]);
