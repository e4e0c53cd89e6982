import type { Conditions } from "./conditions.ts";
import { creationOrder } from "./creation-order.ts";
import { references } from "./references.ts";
import { subjectOf } from "./resource.ts";
import type { Declaration, Template } from "./template.ts";
import { type Problem, Unresolved } from "./template-error.ts";

/** Which resources are made, and when. */
export interface Plan {
  /** Logical ids, each after what it depends on. */
  readonly order: readonly string[];
  /** Logical ids of those that cannot be made, for a reason among the problems. */
  readonly unplaceable: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

/** Plans the resources whose condition holds. */
export const planResources = (template: Template, conditions: Conditions): Plan => {
  const problems: Problem[] = [];
  const unplaceable = new Set<string>();
  const wanted = new Map<string, Declaration>();
  for (const [id, declaration] of template.resources) {
    const report = (path: string, message: string) =>
      problems.push({ subject: subjectOf(id, declaration), path, message });
    for (const other of declaration.DependsOn)
      if (!template.resources.has(other) && !template.broken.has(other))
        report("DependsOn", `there is no resource ${other}`);
    try {
      if (declaration.Condition === undefined || conditions.holds(declaration.Condition)) wanted.set(id, declaration);
    } catch (error) {
      unplaceable.add(id);
      if (!(error instanceof Unresolved)) report("Condition", error instanceof Error ? error.message : String(error));
    }
  }

  const dependencies = new Map(
    [...wanted].map(([id, { Properties, DependsOn }]) => {
      const needed = [...references(Properties, conditions.holds), ...DependsOn];
      return [id, new Set(needed.filter((other) => wanted.has(other)))];
    }),
  );
  const { order, cycles } = creationOrder(dependencies);
  for (const cycle of cycles) {
    const [first = ""] = cycle;
    const declaration = wanted.get(first);
    const way = [...cycle, first].join(" → ");
    problems.push({
      subject: declaration && subjectOf(first, declaration),
      path: "",
      message: `a circle of resources, each of which needs the next: ${way}`,
    });
  }
  const placed = new Set(order);
  for (const id of wanted.keys()) if (!placed.has(id)) unplaceable.add(id);
  return { order, unplaceable, problems };
};
