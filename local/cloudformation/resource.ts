import { createHash } from "node:crypto";
import * as v from "valibot";
import type { Json } from "../json.ts";
import { evaluate } from "./evaluate.ts";
import type { Identity, Resource, ResourceType } from "./resource-type.ts";
import { problemsOf } from "./schema-problems.ts";
import type { Scope } from "./scope.ts";
import type { Declaration } from "./template.ts";
import { type Problem, type Subject, Unresolved } from "./template-error.ts";

/** Where a stack is made. */
export interface Place {
  readonly region: string;
  readonly account: string;
  readonly stackName: string;
}

/**
 * Resolves and checks one resource.
 * @throws Unresolved with every problem in it.
 */
export const createResource = (
  logicalId: string,
  declaration: Declaration,
  needs: { readonly type: ResourceType | undefined; readonly scope: Scope; readonly place: Place },
): Resource => {
  const subject = subjectOf(logicalId, declaration);
  const { type, scope, place } = needs;
  if (!type) throw new Unresolved([{ subject, path: "Type", message: "no resource of this type is run here" }]);

  const { values, unresolved, problems } = resolveProperties(declaration, scope);
  const parsed = v.safeParse(type.properties, Object.fromEntries(values));
  if (!parsed.success)
    problems.push(
      ...problemsOf(parsed.issues, "Properties").filter(
        ({ path }) => unresolved.size === 0 || !hangsOn(path.split(".")[1], unresolved),
      ),
    );
  if (unresolved.size > 0 || problems.length > 0 || !parsed.success)
    throw new Unresolved(problems.map((problem) => ({ ...problem, subject })));

  const identity: Identity = {
    ...place,
    logicalId,
    partition: "aws",
    property: (name) => values.get(name),
    generatedName: nameWithin(64, `${place.stackName}-${logicalId}`),
  };
  return {
    logicalId,
    type: declaration.Type,
    properties: parsed.output,
    ref: asProblem(subject, "Ref", () => type.ref(identity)),
    attribute(name) {
      const attribute = Object.hasOwn(type.attributes, name) ? type.attributes[name] : undefined;
      if (attribute) return attribute(identity);
      const known = Object.keys(type.attributes).join(", ") || "none";
      throw new Error(`${logicalId} (${declaration.Type}) has no attribute ${name} here; it has ${known}`);
    },
    identity,
  };
};

/** What names a resource to a person. */
export const subjectOf = (logicalId: string, { Type, Metadata }: Declaration): Subject => {
  const constructPath = Metadata["aws:cdk:path"];
  return { logicalId, type: Type, constructPath: typeof constructPath === "string" ? constructPath : undefined };
};

const resolveProperties = (declaration: Declaration, scope: Scope) => {
  const values = new Map<string, Json>();
  const unresolved = new Set<string>();
  const problems: Problem[] = [];
  for (const [name, value] of Object.entries(declaration.Properties)) {
    try {
      const resolved = evaluate(value, scope, `Properties.${name}`);
      if (resolved !== undefined) values.set(name, resolved);
    } catch (error) {
      if (!(error instanceof Unresolved)) throw error;
      unresolved.add(name);
      problems.push(...error.problems);
    }
  }
  return { values, unresolved, problems };
};

/** Whether a finding is about a property that could not be resolved, or about all properties together. */
const hangsOn = (property: string | undefined, unresolved: ReadonlySet<string>) =>
  property === undefined || unresolved.has(property);

const asProblem = <T>(subject: Subject, path: string, task: () => T): T => {
  try {
    return task();
  } catch (error) {
    throw new Unresolved([{ subject, path, message: error instanceof Error ? error.message : String(error) }]);
  }
};

/** 64 characters is the shortest limit among the names that are made here (functions and roles). */
const nameWithin = (length: number, name: string): string => {
  if (name.length <= length) return name;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return `${name.slice(0, length - hash.length - 1)}-${hash}`;
};
