import { entryOf } from "../../../local/logs/entry.ts";
import type { RecordEntry } from "../../../local/record/record.ts";
import type { LogLine } from "../../contract.ts";

/** As many as somebody reads; of a message to a large room whose posts fail there are tens of thousands. */
const MOST_LINES = 1000;

/** Log lines for a person, the newest thousand, oldest first. @param entries of the kind `log`, oldest first */
export const logLines = (entries: readonly RecordEntry[], stackName: string): LogLine[] =>
  entries
    .map(({ at, source, body }): LogLine => ({ at, ...entryOf(body, writerOf(source, stackName)) }))
    .sort((one, other) => one.at - other.at)
    .slice(-MOST_LINES);

/**
 * Who writes to a log group, by the names that the template gives them: a function's is its place in the stack
 * (`Roomcast-dev-functionspublishlogs0A1B2C3D`), a state machine's ends in the machine's name.
 */
const writerOf = (logGroup: string, stackName: string): string => {
  const [, called] = /-functions(.+?)logs[0-9A-F]{8}/.exec(logGroup) ?? [];
  if (called !== undefined) return `lambda/${called}`;
  const name = logGroup.split("/").at(-1) ?? logGroup;
  return logGroup.includes("/states/") ? `states/${name.replace(`${stackName}-`, "")}` : name;
};
