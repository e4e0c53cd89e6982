import { type Answered, fails } from "./probe.ts";

interface Heading {
  readonly endpoint: string;
  readonly stackName: string;
  /** Which stack was looked into: one on AWS, in a Region where that is known, or that of a local runtime. */
  readonly inside: { readonly region: string | undefined } | "the local runtime" | undefined;
  /** ISO 8601. */
  readonly at: string;
}

/** One answer, as it comes, for a terminal. */
export const line = (answered: Answered): string => {
  const answer = fails(answered) ? "NO" : answered.answer;
  return `${answer.padEnd(14)}  ${answered.says}\n${" ".repeat(16)}${answered.reason}\n`;
};

/** What it comes to, in one line. */
export const summary = (answers: readonly Answered[]): string => {
  const must = answers.filter((each) => each.must);
  const failed = answers.filter(fails);
  const count = (answer: Answered["answer"]) => answers.filter((each) => each.answer === answer).length;
  const all = `${count("yes")} yes, ${count("no")} no, ${count("not measurable")} not measurable`;
  return `${all}; of the ${must.length} that must hold, ${failed.length === 0 ? "none fails" : `${failed.length} fail`}.`;
};

/** The report to keep: Markdown. */
export const report = ({ endpoint, stackName, inside, at }: Heading, answers: readonly Answered[]): string => `\
# ${stackName}, verified

${endpoint}, ${at}, ${placeOf(inside)}

${summary(answers)}

${table(
  "What must hold",
  answers.filter(({ must }) => must),
)}
${table(
  "What the design infers of AWS",
  answers.filter(({ must }) => !must),
)}${inside === "the local runtime" ? OF_LOCAL : ""}`;

/** A yes of our own making proves nothing of AWS. */
const OF_LOCAL = `
These were answered by the local runtime, which was built as the design takes AWS to be: what AWS itself does, only
a deployment can answer.
`;

const placeOf = (inside: Heading["inside"]): string => {
  if (inside === undefined) return "from outside only";
  return typeof inside === "string" ? inside : `AWS${inside.region ? `, ${inside.region}` : ""}`;
};

const table = (title: string, answers: readonly Answered[]) => `\
## ${title}

| | answer | because |
|---|---|---|
${answers.map(({ says, answer, reason }) => `| ${cell(says)} | ${answer} | ${cell(reason)} |\n`).join("")}`;

/** In a cell a line break or a bar would end it, and `<` begin a tag. */
const cell = (text: string) => text.replace(/\s*\n\s*/g, " ").replace(/[|<\\]/g, (character) => `\\${character}`);
