import { entriesOf, type Tree, treeOf } from "./tree.ts";

/** Which element of which array of the event a value stands in: array number to index. */
export type Membership = ReadonlyMap<number, number>;

/** An event laid out for matching: every scalar by its dotted path, with the arrays that it stands in. */
export type EventFields = ReadonlyMap<string, readonly { scalar: string; membership: Membership }[]>;

/**
 * Lays an event out. The values of an array belong to the array's own path, and empty arrays and objects leave no
 * field at all: this is why `exists` sees neither. @throws SyntaxError for a text that is not JSON.
 */
export const eventFields = (text: string): EventFields => {
  const fields = new Map<string, { scalar: string; membership: Membership }[]>();
  let arrays = 0;
  const visit = (tree: Tree, path: string, membership: Membership): void => {
    if (typeof tree === "string") {
      const values = fields.get(path);
      if (values) values.push({ scalar: tree, membership });
      else fields.set(path, [{ scalar: tree, membership }]);
    } else if (Array.isArray(tree)) {
      const array = arrays++;
      tree.forEach((element, index) => {
        // Only objects and arrays bind the other fields to their element: ["a", "b"] may match by "a" and by "b".
        const bound = typeof element === "string" ? membership : new Map(membership).set(array, index);
        visit(element, path, bound);
      });
    } else {
      for (const [key, value] of entriesOf(tree) ?? []) visit(value, path ? `${path}.${key}` : key, membership);
    }
  };
  visit(treeOf(text), "", new Map());
  return fields;
};
