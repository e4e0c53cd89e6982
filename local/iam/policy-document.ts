import * as v from "valibot";
import { type ConditionLine, isOperator } from "./condition.ts";
import { conditionKeys, isConditionKey } from "./condition-keys.ts";

/** Not a union of both: a union would tell nothing of what is wrong inside. */
const oneOrMany = <Schema extends v.GenericSchema>(schema: Schema) =>
  v.pipe(
    v.unknown(),
    v.transform((value): unknown[] => (Array.isArray(value) ? value : [value])),
    v.array(schema),
  );

/** Policy variables (`${aws:username}`) would have to be filled in for each request; none of the services needs one. */
const literal = v.pipe(
  v.string(),
  v.check((text) => !text.includes("${"), "holds a policy variable, which is not evaluated here"),
);
const value = v.pipe(v.union([literal, v.number(), v.boolean()]), v.transform(String));

const condition = v.pipe(
  v.record(
    v.pipe(
      v.string(),
      v.check(isOperator, ({ input }) => `the condition operator ${input} is not evaluated here`),
    ),
    v.record(
      v.pipe(
        v.string(),
        v.check(isConditionKey, ({ input }) => `no request here has ${input}; there are ${conditionKeys.join(", ")}`),
      ),
      oneOrMany(value),
    ),
  ),
  v.transform((block): ConditionLine[] =>
    Object.entries(block).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => ({ operator, key: key.toLowerCase(), values })),
    ),
  ),
);

const principal = v.union([
  v.literal("*"),
  v.strictObject({ AWS: v.optional(oneOrMany(v.string()), []), Service: v.optional(oneOrMany(v.string()), []) }),
]);

const common = {
  Sid: v.optional(v.string()),
  Effect: v.picklist(["Allow", "Deny"]),
  Action: v.optional(oneOrMany(v.string())),
  NotAction: v.optional(oneOrMany(v.string())),
  Condition: v.optional(condition, {}),
};
const resources = { Resource: v.optional(oneOrMany(literal)), NotResource: v.optional(oneOrMany(literal)) };

const exactlyOne = (one: unknown, other: unknown) => (one === undefined) !== (other === undefined);
const actionForm = "has to name either Action or NotAction";
const resourceForm = "has to name either Resource or NotResource";

const document = <Schema extends v.GenericSchema>(statement: Schema) =>
  v.strictObject({
    Version: v.optional(v.picklist(["2012-10-17", "2008-10-17"])),
    Id: v.optional(v.string()),
    Statement: oneOrMany(statement),
  });

/** A statement of a role's own policy. */
const identityStatement = v.pipe(
  v.strictObject({ ...common, ...resources }),
  v.check(({ Action, NotAction }) => exactlyOne(Action, NotAction), actionForm),
  v.check(({ Resource, NotResource }) => exactlyOne(Resource, NotResource), resourceForm),
);
/** A statement of a resource's policy. NotPrincipal is refused: AWS itself advises against it. */
export const resourceStatement = v.pipe(
  v.strictObject({ ...common, ...resources, Principal: principal }),
  v.check(({ Action, NotAction }) => exactlyOne(Action, NotAction), actionForm),
  v.check(({ Resource, NotResource }) => exactlyOne(Resource, NotResource), resourceForm),
);
/** A statement of a role's trust policy: its resource is the role. */
const trustStatement = v.pipe(
  v.strictObject({ ...common, Principal: principal }),
  v.check(({ Action, NotAction }) => exactlyOne(Action, NotAction), actionForm),
);

/**
 * The policy documents by what they are attached to.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export const identityPolicy = document(identityStatement);
export const resourcePolicy = document(resourceStatement);
export const trustPolicy = document(trustStatement);

/** A statement of any of the three. */
export interface StatementDocument extends v.InferOutput<typeof identityStatement> {
  readonly Principal?: v.InferOutput<typeof principal> | undefined;
}
