import { AwsError } from "../aws/error.ts";
import type { AwsService } from "../aws/service.ts";
import type { Clock } from "../clock.ts";
import type { Identity, Resource } from "../cloudformation/resource-type.ts";
import type { Log } from "../log.ts";
import { keysInText } from "../record/keys.ts";
import type { RunRecord } from "../record/record.ts";
import { createActions, type NamedGroup } from "./actions.ts";
import { entryOf } from "./entry.ts";
import { groupNameIn, nameOfGroup } from "./group-name.ts";
import { createLogGroup } from "./log-group.ts";
import { permissionOf } from "./permissions.ts";
import { createQueryActions } from "./query-definitions.ts";
import type { LogGroupProperties, QueryDefinitionProperties } from "./resources.ts";

interface Needs {
  readonly groups: readonly Resource<LogGroupProperties>[];
  /** Saved queries of Logs Insights. */
  readonly queries: readonly Resource<QueryDefinitionProperties>[];
  /** The account and Region that the stack is in. */
  readonly place: Pick<Identity, "partition" | "region" | "account">;
  readonly clock: Clock;
  readonly log: Log;
  /** Who writes to a group, for a person: `lambda/publish`; undefined where that is not known. */
  speaker(logGroup: string): string | undefined;
  /** Takes the metrics that a line may carry. */
  takeMetrics(line: string): void;
  /** Records each line that a group takes; without it none is. */
  readonly record?: RunRecord["write"] | undefined;
  /** What was recorded, the newest first. */
  readonly recorded: RunRecord["latest"];
}

/** Where the template's log groups end: the terminal, the record, and memory for who asks CloudWatch Logs. */
export interface Logs {
  /** What there is to read: of the lines before this start, the latest that were recorded. */
  readonly service: AwsService;
  /**
   * Takes one log event. What a service writes about its own work is shown at level `debug`: the runtime has said
   * in its own words what matters of it.
   * @param logGroup name or ARN
   * @param logStream the stream that it is kept in; all that name none share one
   */
  write(logGroup: string, line: string, writer?: "function" | "service", logStream?: string): void;
}

/** Step Functions and API Gateway spread their lines over streams by a rule of their own, which nobody relies on. */
const SHARED_STREAM = "service";

/** Of all groups together: some seconds under full load, and days of talk. */
const RESTORED_LINES = 20_000;

const DAY_MS = 24 * 60 * 60_000;

/** Makes the log groups. A line to a group that the template lacks is lost with one warning, as it would be on AWS. */
export const createLogs = ({
  groups: resources,
  queries,
  place,
  clock,
  log,
  speaker,
  takeMetrics,
  record,
  recorded,
}: Needs): Logs => {
  const make = (name: string, retentionInDays?: number): NamedGroup => {
    const retentionMs = (retentionInDays ?? Number.POSITIVE_INFINITY) * DAY_MS;
    return { name, retentionInDays, ...createLogGroup({ clock, retentionMs }) };
  };
  const groups = new Map(resources.map(({ ref, properties }) => [ref, make(ref, properties.RetentionInDays)]));
  const unknown = new Set<string>();
  const groupNamed = (name: string): NamedGroup | undefined => {
    // Lambda makes the groups under this prefix itself.
    if (!groups.has(name) && name.startsWith("/aws/lambda/")) groups.set(name, make(name));
    return groups.get(name);
  };
  const arnPrefix = `arn:${place.partition}:logs:${place.region}:${place.account}:log-group:`;
  const createdAt = clock.now();
  const actions = { ...createActions({ groups, createdAt, arnPrefix }), ...createQueryActions({ queries, createdAt }) };

  /** Done for the first who reads: nobody else waits for it. */
  const restore = async () => {
    const lines = await recorded("log", RESTORED_LINES);
    const before = lines.filter(({ at }) => at < createdAt).reverse();
    for (const [name, ofGroup] of Map.groupBy(before, ({ source }) => source)) {
      const events = ofGroup.map(({ at, stream = SHARED_STREAM, body }) => ({ at, stream, message: body }));
      groupNamed(name)?.prepend(events);
    }
  };
  let restored: Promise<void> | undefined;

  return {
    service: {
      signingName: "logs",
      targetPrefix: "Logs_20140328",
      jsonVersion: "1.1",
      permissions: (action, input) => [permissionOf(arnPrefix, action, groupNameIn(input), input)],
      async call(action, input) {
        const run = Object.hasOwn(actions, action) ? actions[action] : undefined;
        restored ??= restore();
        await restored;
        if (run) return run(input);
        throw new AwsError("UnknownOperationException", `The local CloudWatch Logs does not have ${action}.`);
      },
    },
    write(logGroup, line, writer = "service", logStream = SHARED_STREAM) {
      const name = nameOfGroup(logGroup);
      const group = groupNamed(name);
      if (!group) {
        if (unknown.has(name)) return;
        unknown.add(name);
        const message = `There is no log group ${name} in the template: what is written to it is lost.`;
        return log({ level: "warn", from: "logs", message });
      }
      group.append(logStream, line);
      record?.({ at: clock.now(), kind: "log", source: name, stream: logStream, body: line }, keysInText(line));
      takeMetrics(line);
      const entry = entryOf(line, speaker(name) ?? name.split("/").at(-1) ?? name);
      log(writer === "service" ? { ...entry, level: "debug" } : entry);
    },
  };
};
