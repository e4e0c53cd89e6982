/** One thing that is wrong with a template, and where. */
export interface Problem {
  /** The resource, condition, parameter or output; absent for the template's own sections. */
  readonly subject?: Subject | undefined;
  /** The way to the value from the subject: `Properties.Environment.Variables.TABLE`. */
  readonly path: string;
  /** What is wrong with it, and what to do where that is not plain. */
  readonly message: string;
}

/** What a person needs to find a part of the template again. */
export interface Subject {
  /** The key in its section of the template. */
  readonly logicalId: string;
  /** The resource type, or the section's name in the singular: `Output`. */
  readonly type: string;
  /** Where CDK made it: `Roomcast-dev/Bus/Resource`, from the metadata `aws:cdk:path`. */
  readonly constructPath?: string | undefined;
}

/** A template that cannot be run as it is. Its message lists every problem on a line of its own. */
export class TemplateError extends Error {
  override readonly name = "TemplateError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    super([`The template cannot be run: ${count}`, ...problems.map((problem) => `  ${inOneLine(problem)}`)].join("\n"));
    this.problems = problems;
  }
}

const inOneLine = ({ subject, path, message }: Problem): string =>
  [subject && named(subject), path, message].filter(Boolean).join(": ");

const named = ({ logicalId, type, constructPath }: Subject): string =>
  `${logicalId} (${constructPath ? `${type}, ${constructPath}` : type})`;

/**
 * Ends the evaluation of a value. Without problems it says that the value hangs on something whose problem is reported
 * where it is, so that one mistake gives one line.
 */
export class Unresolved extends Error {
  override readonly name = "Unresolved";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems[0]?.message ?? "hangs on another problem");
    this.problems = problems;
  }
}

/** Runs each task to its end and reports what they could not resolve together. */
export const collectUnresolved = <T>(tasks: Iterable<() => T>): T[] => {
  const results: T[] = [];
  let failed: Problem[] | undefined;
  for (const task of tasks) {
    try {
      results.push(task());
    } catch (error) {
      if (!(error instanceof Unresolved)) throw error;
      failed = [...(failed ?? []), ...error.problems];
    }
  }
  if (failed) throw new Unresolved(failed);
  return results;
};
