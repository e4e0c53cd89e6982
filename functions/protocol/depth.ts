/** How many levels of arrays and objects a JSON value nests: 0 for a scalar. Without recursion, since it is hostile. */
export const depthOf = (value: unknown): number => {
  let depth = 0;
  let level = [value];
  for (;;) {
    level = level.flatMap((item) => (typeof item === "object" && item !== null ? Object.values(item) : []));
    if (level.length === 0) return depth;
    depth += 1;
  }
};
