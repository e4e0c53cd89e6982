/** Letters, digits and underscores as Unicode has them, beginning with a letter; at most 80 characters. */
const variableName = /^\p{ID_Start}[\p{ID_Continue}]{0,79}$/u;

/**
 * Why a variable may not be assigned, if so.
 * @param outer the variables of the flows around: a branch or an iteration reads them, but cannot assign them.
 * https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
 */
export const variableProblem = (name: string, outer: ReadonlySet<string>): string | undefined => {
  if (name === "states") return "is reserved: choose another name for the variable";
  if (!variableName.test(name)) return "is not a variable's name: up to 80 letters, digits and _, a letter first";
  if (outer.has(name)) return "is a variable of an outer scope, which can be read here but not assigned";
  return undefined;
};
