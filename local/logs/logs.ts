import type { Resource } from "../cloudformation/resource-type.ts";
import type { Log } from "../log.ts";
import { entryOf } from "./entry.ts";
import type { LogGroupProperties } from "./resources.ts";

interface Needs {
  readonly groups: readonly Resource<LogGroupProperties>[];
  readonly log: Log;
  /** Who writes to a group, for a person: `lambda/publish`; undefined where that is not known. */
  speaker(logGroup: string): string | undefined;
}

/** Where the template's log groups end: the terminal. */
export interface Logs {
  /**
   * Takes one log event. What a service writes about its own work is shown at level `debug`: the runtime has said
   * in its own words what matters of it.
   * @param logGroup name or ARN
   */
  write(logGroup: string, line: string, writer?: "function" | "service"): void;
}

/** Makes the log groups. A line to a group that the template lacks is lost with one warning, as it would be on AWS. */
export const createLogs = ({ groups, log, speaker }: Needs): Logs => {
  const known = new Set(groups.map(({ ref }) => ref));
  const unknown = new Set<string>();
  return {
    write(logGroup, line, writer = "service") {
      const name = logGroup.replace(/^arn:[^:]*:logs:[^:]*:[^:]*:log-group:/, "").replace(/:\*$/, "");
      // Lambda makes the groups under this prefix itself.
      if (!known.has(name) && !name.startsWith("/aws/lambda/")) {
        if (unknown.has(name)) return;
        unknown.add(name);
        const message = `There is no log group ${name} in the template: what is written to it is lost.`;
        return log({ level: "warn", from: "logs", message });
      }
      const entry = entryOf(line, speaker(name) ?? name.split("/").at(-1) ?? name);
      log(writer === "service" ? { ...entry, level: "debug" } : entry);
    },
  };
};
