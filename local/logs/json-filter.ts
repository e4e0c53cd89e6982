import { isJsonObject, type Json } from "../json.ts";
import type { MatchesMessage } from "./filter-pattern.ts";
import { refusedPattern, unescaped } from "./pattern-text.ts";

type Matches = (value: Json | undefined) => boolean;

/** `$.level = "ERROR"`, perhaps in parentheses. */
const comparison =
  /\s*(?<open>\(?)\s*\$(?<path>(?:\.[\w-]+|\[\d+\])+)\s*(?<operator>!=|<=|>=|=|<|>)\s*(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<bare>[^\s"()&|]+))\s*(?<close>\)?)\s*/y;
const connector = /&&|\|\|/y;

/**
 * Compiles a JSON filter: comparisons of fields with a text (in which `*` stands for anything) or a number, all joined
 * by `&&` or all by `||`. A message that is not JSON, or that lacks the field, does not match.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 * @throws AwsError `InvalidParameterException` for the rest of the syntax: IS, EXISTS, both connectors, nesting
 */
export const compileJsonFilter = (pattern: string): MatchesMessage => {
  if (!pattern.endsWith("}")) throw refusedPattern(pattern, "it does not end with }");
  const text = pattern.slice(1, -1);
  const comparisons: ((root: Json) => boolean)[] = [];
  const connectors = new Set<string>();
  for (let at = 0; ; ) {
    comparison.lastIndex = at;
    const groups = comparison.exec(text)?.groups;
    if (!groups || (groups.open === "(") !== (groups.close === ")"))
      throw refusedPattern(pattern, `"${text.slice(at).trim()}" is not a comparison that is supported here`);
    const path = pathOf(groups.path ?? "");
    const matches = compileOperator(String(groups.operator), groups.quoted, groups.bare);
    comparisons.push((root) => matches(valueAt(root, path)));
    at = comparison.lastIndex;
    if (at === text.length) break;
    connector.lastIndex = at;
    const [joined] = connector.exec(text) ?? [];
    if (!joined) throw refusedPattern(pattern, `"${text.slice(at).trim()}" is not && or ||`);
    connectors.add(joined);
    at = connector.lastIndex;
  }
  if (connectors.size > 1) throw refusedPattern(pattern, "&& and || in one pattern are not supported here");
  const every = !connectors.has("||");
  return (message) => {
    const root = jsonIn(message);
    if (root === undefined) return false;
    return every ? comparisons.every((holds) => holds(root)) : comparisons.some((holds) => holds(root));
  };
};

const compileOperator = (operator: string, quoted: string | undefined, bare = ""): Matches => {
  const number = quoted === undefined && bare.trim() !== "" ? Number(bare) : Number.NaN;
  if (!Number.isNaN(number)) return (value) => typeof value === "number" && ordered(operator, value, number);
  const glob = quoted === undefined ? bare : unescaped(quoted);
  if (operator !== "=" && operator !== "!=")
    throw refusedPattern(`${operator} ${glob}`, "only numbers are less or greater");
  const text = new RegExp(`^${glob.split("*").map(escaped).join(".*")}$`, "s");
  return (value) => typeof value === "string" && text.test(value) === (operator === "=");
};

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

const ordered = (operator: string, value: number, than: number): boolean => {
  if (operator === "=") return value === than;
  if (operator === "!=") return value !== than;
  if (operator === "<") return value < than;
  if (operator === "<=") return value <= than;
  return operator === ">" ? value > than : value >= than;
};

const pathOf = (text: string): string[] => text.match(/[\w-]+/g) ?? [];

const valueAt = (root: Json, path: readonly string[]): Json | undefined => {
  let value: Json | undefined = root;
  for (const step of path) {
    if (Array.isArray(value)) value = value[Number(step)];
    else value = isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return value;
};

const jsonIn = (message: string): Json | undefined => {
  if (!message.startsWith("{")) return undefined;
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
};
