import jsonata from "jsonata";
import { compilePlain, type PlainExpression } from "./plain-expression.ts";

/** A compiled expression. */
export interface Expression {
  /** Evaluates it; the names in `bindings` are what it reads as `$name`. */
  evaluate(bindings: Record<string, unknown>): Promise<unknown>;
  /** The same without JSONata, for an expression that is simple enough. */
  readonly plain: PlainExpression | undefined;
}

/** The text inside `{% %}`, or undefined for a string that is only text. */
export const expressionText = (text: string): string | undefined =>
  text.startsWith("{%") && text.endsWith("%}") ? text.slice(2, -2).trim() : undefined;

/**
 * Compiles a JSONata expression, once for all of its evaluations.
 * @throws Error for a syntax error, and for what this JSONata has and that of Step Functions (2.0.6) has not.
 */
export const compileExpression = (source: string): Expression => {
  const expression = parsed(source);
  for (const node of nodes(expression.ast())) {
    const reason = refusal(node);
    if (reason) throw new Error(reason);
  }
  // Nothing is bound to `$`: in Step Functions an expression reads variables and $states only.
  const evaluate: Expression["evaluate"] = (bindings) => expression.evaluate(undefined, bindings);
  return { evaluate, plain: compilePlain(expression.ast()) };
};

const parsed = (source: string) => {
  try {
    return jsonata(source);
  } catch (error) {
    const { code, message, position } = error as jsonata.JsonataError;
    throw new Error(`${message} (${code}, at character ${position})`, { cause: error });
  }
};

interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly position?: number;
  readonly condition?: Node;
  readonly then?: Node;
}

const refusal = ({ type, value, condition, then }: Node): string | undefined => {
  if (type === "variable" && value === "eval")
    return "$eval is not available in Step Functions; for JSON text use $parse";
  if (type !== "condition" || !condition || !then) return undefined;
  // JSONata 2.1 writes its new operators as conditions: `a ?? b` with an $exists that stands nowhere in the text,
  // `a ?: b` with a condition that stands where its first branch does.
  if (condition.type === "function" && condition.position === undefined)
    return "the operator ?? came with JSONata 2.1, Step Functions has 2.0.6: use $exists(a) ? a : b";
  if (start(condition) !== undefined && start(condition) === start(then))
    return "the operator ?: came with JSONata 2.1, Step Functions has 2.0.6: use a ? a : b";
  return undefined;
};

/** Where a node begins; a path is where its first step is. */
const start = (node: Node): number | undefined =>
  nodes(node)
    .map(({ position }) => position)
    .find((position) => position !== undefined);

function* nodes(value: unknown): Generator<Node> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield value as Node;
  for (const child of Object.values(value)) yield* nodes(child);
}
