import type { BaseIssue } from "valibot";
import type { Problem } from "./template-error.ts";

/**
 * What a schema finds wrong, as problems with the way to each value.
 * @param base where the checked value stands.
 */
export const problemsOf = (issues: readonly BaseIssue<unknown>[], base: string): Problem[] =>
  issues.flatMap((issue): Problem[] => {
    const path = [base, ...(issue.path ?? []).map((step) => String(step.key))].filter(Boolean).join(".");
    const alternative = nearestAlternative(issue);
    return alternative ? problemsOf(alternative, path) : [{ path, message: messageOf(issue) }];
  });

/** Of a union's alternatives the one that the value came furthest into: what is wrong there is what was meant. */
const nearestAlternative = (issue: BaseIssue<unknown>): readonly BaseIssue<unknown>[] | undefined => {
  const nested = (issue.issues ?? []).filter((inner) => inner.path !== undefined);
  return nested.length > 0 && issue.type !== "record" ? nested : undefined;
};

const messageOf = (issue: BaseIssue<unknown>): string => {
  if (issue.kind === "schema" && issue.type === "strict_object") {
    if (issue.expected === "never") return "is not understood here";
    if (issue.received === "undefined") return "is missing";
  }
  if (issue.kind === "schema" && issue.expected !== null && issue.message.startsWith("Invalid"))
    return `has to be ${issue.expected}, not ${issue.received}`;
  return issue.message;
};
