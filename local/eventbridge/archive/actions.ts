import { AwsError } from "../../aws/error.ts";
import type { JsonObject } from "../../json.ts";
import { busName } from "../resources.ts";
import type { Rule } from "../routing.ts";
import type { Archive } from "./archives.ts";
import { readReplayRequest } from "./replay-request.ts";
import type { createReplays, Replay } from "./replays.ts";

interface Needs {
  readonly buses: readonly { readonly arn: string; readonly name: string }[];
  readonly rules: readonly Rule[];
  readonly archives: readonly Archive[];
  readonly replays: Pick<ReturnType<typeof createReplays>, "all" | "find" | "start" | "cancel">;
  arnOf(path: string): string;
}

/** The actions on archives and replays, with the answers and errors that AWS was recorded to give. Lists come whole. */
export const archiveActions = ({ buses, rules, archives, replays, arnOf }: Needs) => {
  const replayArn = (name: string) => arnOf(`replay/${name}`);
  const selected = (action: string, input: JsonObject, things: readonly JsonObject[]): JsonObject[] => {
    const { NamePrefix, EventSourceArn, State } = input;
    if ([NamePrefix, EventSourceArn, State].filter((filter) => filter !== undefined).length > 1)
      throw new AwsError(
        "ValidationException",
        `At most one filter is allowed for ${action}. Use either : State, EventSourceArn, or NamePrefix.`,
      );
    return things.filter((each) => {
      const name = String(each.ArchiveName ?? each.ReplayName);
      return (
        name.startsWith(String(NamePrefix ?? "")) &&
        (EventSourceArn === undefined || each.EventSourceArn === EventSourceArn) &&
        (State === undefined || each.State === State)
      );
    });
  };
  const summaryOf = async (archive: Archive): Promise<JsonObject> => {
    const events = await archive.read();
    return {
      ArchiveName: archive.name,
      EventSourceArn: archive.properties.SourceArn,
      State: "ENABLED",
      RetentionDays: archive.properties.RetentionDays,
      SizeBytes: events.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0),
      EventCount: events.length,
      CreationTime: archive.createdAt / 1000,
    };
  };

  return {
    ListArchives: async (input: JsonObject): Promise<JsonObject> => {
      const { EventSourceArn: of } = input;
      if (of !== undefined && !buses.some(({ arn }) => arn === of))
        throw new AwsError("ResourceNotFoundException", `Event bus ${busName(String(of))} does not exist.`);
      return { Archives: selected("ListArchives", input, await Promise.all(archives.map(summaryOf))) };
    },

    DescribeArchive: async ({ ArchiveName }: JsonObject): Promise<JsonObject> => {
      const archive = archives.find(({ name }) => name === ArchiveName);
      if (!archive) throw new AwsError("ResourceNotFoundException", `Archive ${ArchiveName} does not exist.`);
      const { Description, EventPattern } = archive.properties;
      return {
        ...(await summaryOf(archive)),
        ArchiveArn: archive.arn,
        ...(Description !== undefined && { Description }),
        ...(Object.keys(EventPattern).length > 0 && { EventPattern: JSON.stringify(EventPattern) }),
      };
    },

    StartReplay: async (input: JsonObject): Promise<JsonObject> => {
      const replay = await replays.start(readReplayRequest(input, { buses, archives, rules }));
      return { ReplayArn: replayArn(replay.name), State: replay.state, ReplayStartTime: replay.startedAt / 1000 };
    },

    DescribeReplay: async ({ ReplayName }: JsonObject): Promise<JsonObject> => {
      const replay = replays.find(String(ReplayName));
      return {
        ...fieldsOf(replay),
        ReplayArn: replayArn(replay.name),
        Destination: { Arn: replay.busArn, ...(replay.ruleArns && { FilterArns: replay.ruleArns }) },
        ...(replay.description !== null && { Description: replay.description }),
      };
    },

    ListReplays: async (input: JsonObject): Promise<JsonObject> => ({
      Replays: selected("ListReplays", input, replays.all().map(fieldsOf)),
    }),

    CancelReplay: async ({ ReplayName }: JsonObject): Promise<JsonObject> => {
      const { name, state } = await replays.cancel(String(ReplayName));
      return { ReplayArn: replayArn(name), State: state };
    },
  };
};

const fieldsOf = (replay: Replay): JsonObject => ({
  ReplayName: replay.name,
  EventSourceArn: replay.archiveArn,
  State: replay.state,
  ...(replay.reason !== null && { StateReason: replay.reason }),
  EventStartTime: replay.from / 1000,
  EventEndTime: replay.to / 1000,
  ...(replay.lastReplayed !== null && { EventLastReplayedTime: replay.lastReplayed / 1000 }),
  ReplayStartTime: replay.startedAt / 1000,
  ...(replay.endedAt !== null && { ReplayEndTime: replay.endedAt / 1000 }),
});
