import * as v from "valibot";
import type { Answer } from "./answers.ts";

/** A known weakness of a package that is installed. */
const Finding = v.object({
  name: v.string(),
  title: v.string(),
  severity: v.string(),
  /** The advisory's page; its id is the end. */
  url: v.string(),
});

/** What `npm audit --json` prints of a project. A text in `via` names another entry, which has the advisory itself. */
const Report = v.object({
  vulnerabilities: v.record(v.string(), v.object({ via: v.array(v.union([v.string(), Finding])) })),
});

/** What it prints where the registry does not answer with advisories. */
const Failure = v.object({ statusCode: v.optional(v.number()), message: v.optional(v.string()) });

export type Finding = v.InferOutput<typeof Finding>;

export interface Audit {
  /** False where the registry has no advisories to give: nothing is known then. */
  readonly asked: boolean;
  readonly unanswered: readonly Finding[];
  /** How many findings have an answer. */
  readonly answered: number;
  /** Answers to what is not found any more. */
  readonly stale: readonly Answer[];
}

/** A registry without that endpoint, as mirrors and proxies are, says one of these. */
const NO_ENDPOINT = [404, 405, 501];

/**
 * Reads what `npm audit --json` has printed.
 * @throws Error where the registry should have answered, and did not
 */
export const readAudit = (printed: string, answers: readonly Answer[]): Audit => {
  const parsed: unknown = JSON.parse(printed);
  const report = v.safeParse(Report, parsed);
  if (!report.success) {
    const { statusCode = 0, message = printed } = v.parse(Failure, parsed);
    if (NO_ENDPOINT.includes(statusCode)) return { asked: false, unanswered: [], answered: 0, stale: [] };
    throw new Error(`The registry could not be asked for advisories: ${message}`);
  }
  const findings = new Map<string, Finding>();
  for (const { via } of Object.values(report.output.vulnerabilities))
    for (const finding of via) if (typeof finding !== "string") findings.set(`${finding.name} ${finding.url}`, finding);
  const found = [...findings.values()];
  const unanswered = found.filter((finding) => !answers.some((answer) => isAnswered(finding, answer)));
  const stale = answers.filter((answer) => !found.some((finding) => isAnswered(finding, answer)));
  return { asked: true, unanswered, answered: found.length - unanswered.length, stale };
};

const isAnswered = ({ name, url }: Finding, answer: Answer) =>
  answer.package === name && url.endsWith(`/${answer.advisory}`);
