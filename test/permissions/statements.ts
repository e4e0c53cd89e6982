import { contextOf } from "../../local/iam/condition-keys.ts";
import type { Answered } from "../../local/iam/iam.ts";
import type { StatementDocument } from "../../local/iam/policy-document.ts";
import type { Statement } from "../../local/iam/statement.ts";
import { PLACE } from "../../local/load-app.ts";

/** One action and one resource of a statement. */
export interface Pair {
  readonly action: string;
  readonly resource: string;
  /** Where they stand in the statement. */
  readonly at: readonly [action: number, resource: number];
}

/** What a statement allows, pair by pair. @param itself the resource of a statement that names none */
export const eachPair = ({ Action, Resource = [] }: StatementDocument, itself?: string): Pair[] => {
  const resources = itself === undefined ? Resource : [itself];
  if (!Action || resources.length === 0) throw new Error("A statement of the template allows all but what it names.");
  return Action.flatMap((action, a) => resources.map((resource, r): Pair => ({ action, resource, at: [a, r] })));
};

/** Whether a statement allows what IAM was asked. */
export const asks = (statement: Statement, { principal, permission }: Answered): boolean =>
  statement.appliesTo({
    principal,
    action: permission.action.toLowerCase(),
    resource: permission.resource,
    value: contextOf(principal, permission.conditions, PLACE),
  });

// biome-ignore lint/suspicious/noExplicitAny: a policy as the template has it, with its intrinsic functions
type RawPolicy = { Statement: any[] };

/** Takes one pair out of a policy document of the template: what else its statement allows is kept, in statements of its own. */
export const without = (document: RawPolicy, index: number, { at }: Pair): void => {
  const statement = document.Statement[index];
  const resources = "Resource" in statement ? [statement.Resource].flat() : [undefined];
  const kept = [statement.Action]
    .flat()
    .flatMap((Action, a) =>
      resources.flatMap((Resource, r) =>
        a === at[0] && r === at[1] ? [] : [{ ...statement, Action, ...(Resource !== undefined && { Resource }) }],
      ),
    );
  document.Statement.splice(index, 1, ...kept);
};
