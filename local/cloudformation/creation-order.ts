/** Resources in an order in which each comes after what it depends on, and what no order exists for. */
export interface CreationOrder {
  readonly order: readonly string[];
  /** The circles, each as the resources along it: `[a, b]` when `a` depends on `b` and `b` on `a`. */
  readonly cycles: readonly (readonly string[])[];
}

/** @param dependencies for each resource the resources that it depends on; all of them are keys too. */
export const creationOrder = (dependencies: ReadonlyMap<string, ReadonlySet<string>>): CreationOrder => {
  const order: string[] = [];
  const cycles: string[][] = [];
  const state = new Map<string, "open" | "done" | "circular">();
  const way: string[] = [];

  const visit = (id: string): boolean => {
    const known = state.get(id);
    if (known === "done") return true;
    if (known === "circular") return false;
    if (known === "open") {
      cycles.push(way.slice(way.indexOf(id)));
      return false;
    }
    state.set(id, "open");
    way.push(id);
    let placeable = true;
    // Every dependency is visited, so that a second circle through the same resource is reported too.
    for (const dependency of dependencies.get(id) ?? []) placeable = visit(dependency) && placeable;
    way.pop();
    state.set(id, placeable ? "done" : "circular");
    if (placeable) order.push(id);
    return placeable;
  };
  for (const id of dependencies.keys()) visit(id);
  return { order, cycles };
};
