import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../clock.ts";
import type { Identity, Resource } from "../../cloudformation/resource-type.ts";
import type { Log } from "../../log.ts";
import { compilePattern } from "../pattern/compile.ts";
import { eventFields } from "../pattern/event-fields.ts";
import { matches } from "../pattern/match.ts";
import { busName, eventsArn } from "../resources.ts";
import type { Rule } from "../routing.ts";
import { type ArchivedEvent, type EventFiles, openEventFiles } from "./event-files.ts";
import type { ArchiveProperties } from "./resource.ts";

/** An archive of a bus. */
export interface Archive {
  readonly name: string;
  readonly arn: string;
  readonly properties: ArchiveProperties;
  /** Unix time in milliseconds. */
  readonly createdAt: number;
  /** The rule by which the bus fills it. */
  readonly rule: Rule;
  /** Its events, by their time. */
  read(): Promise<ArchivedEvent[]>;
}

export interface ArchivesNeeds {
  readonly place: Pick<Identity, "partition" | "region" | "account">;
  readonly archives: readonly Resource<ArchiveProperties>[];
  readonly directory: string;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Archives {
  readonly all: readonly Archive[];
  /**
   * Puts an event into the archives that want it. It never fails: an event counts more than its being kept.
   * @param bus the bus that took it, by name
   */
  keep(bus: string, event: string): Promise<void>;
  close(): Promise<void>;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const MOST_BYTES = 32 * 1024 * 1024;

/** Opens the archives of a template. What one of them has over 32 MB goes, the oldest first: AWS has no such bound. */
export const createArchives = async (needs: ArchivesNeeds): Promise<Archives> => {
  const opened = await Promise.all(needs.archives.map((resource) => openArchive(resource, needs)));

  const put = async ({ archive, files }: (typeof opened)[number], event: string) => {
    try {
      await files.append({ time: Date.parse(JSON.parse(event).time), text: event });
    } catch (error) {
      const message = `An event is not in the archive ${archive.name}.`;
      needs.log({ level: "warn", from: "bus", message, details: { error } });
    }
  };

  return {
    all: opened.map(({ archive }) => archive),
    keep: async (bus, event) => {
      const wanting = opened.filter(({ archive: { rule } }) => rule.bus === bus);
      if (wanting.length === 0) return;
      const fields = eventFields(event);
      await Promise.all(
        wanting.filter(({ archive }) => matches(archive.rule.pattern, fields)).map((each) => put(each, event)),
      );
    },
    close: async () => void (await Promise.all(opened.map(({ files }) => files.close()))),
  };
};

const openArchive = async (
  resource: Resource<ArchiveProperties>,
  { directory, clock, place }: ArchivesNeeds,
): Promise<{ archive: Archive; files: EventFiles }> => {
  const { properties, ref: name } = resource;
  const folder = join(directory, name);
  const files = await openEventFiles({
    directory: folder,
    retentionMs: properties.RetentionDays === 0 ? undefined : properties.RetentionDays * DAY_MS,
    clock,
    mostBytes: MOST_BYTES,
  });
  const archive = {
    name,
    arn: resource.attribute("Arn"),
    properties,
    createdAt: (await stat(folder)).birthtimeMs,
    rule: managedRule(name, properties, place),
    read: files.read,
  };
  return { archive, files };
};

/**
 * The rule that EventBridge makes for an archive. It leaves out events that are replayed, which would be archived again.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html
 * @throws Error where the archive's pattern is not valid
 */
const managedRule = (
  archive: string,
  { EventPattern, SourceArn }: ArchiveProperties,
  place: ArchivesNeeds["place"],
): Rule => {
  const name = `Events-Archive-${archive}`;
  const bus = busName(SourceArn);
  const pattern = { ...EventPattern, "replay-name": [{ exists: false }] };
  return {
    arn: eventsArn(place, `rule/${bus === "default" ? "" : `${bus}/`}${name}`),
    name,
    bus,
    properties: {
      EventPattern: pattern,
      State: "ENABLED",
      Targets: [{ Id: name, Arn: `arn:${place.partition}:events:${place.region}:::` }],
    },
    pattern: compilePattern(pattern),
    managedBy: "prod.vhs.events.aws.internal",
  };
};
