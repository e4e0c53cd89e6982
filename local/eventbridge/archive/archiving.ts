import { join } from "node:path";
import { openDurableMap } from "../../journal/durable-map.ts";
import type { Delivery } from "../deliveries.ts";
import { busName } from "../resources.ts";
import { type Rule, routesOf } from "../routing.ts";
import { archiveActions } from "./actions.ts";
import { type ArchivesNeeds, createArchives } from "./archives.ts";
import { createReplays, type Replay } from "./replays.ts";

interface Needs extends ArchivesNeeds {
  readonly buses: readonly { readonly arn: string; readonly name: string }[];
  readonly rules: readonly Rule[];
  /** Starts deliveries. Resolves once they are in the journal. */
  accept(deliveries: readonly Delivery[]): Promise<void>;
  arnOf(path: string): string;
}

/** The archives of the buses, and the replays of them. */
export const createArchiving = async (needs: Needs) => {
  const { directory, rules, clock } = needs;
  const archives = await createArchives({ ...needs, directory: join(directory, "archives") });
  const journal = await openDurableMap<Replay>(join(directory, "replays.journal"));

  /** To the rules that match an event as it is replayed, and no other than those that the replay names. */
  const deliveriesOf = (event: string, { name, busArn, ruleArns }: Replay): Delivery[] =>
    routesOf(rules, busName(busArn), event)
      .filter(({ rule }) => ruleArns === null || ruleArns.includes(rule.arn))
      .map(({ rule, target }) => ({
        eventId: JSON.parse(event).id,
        ruleArn: rule.arn,
        targetId: target.Id,
        event,
        // An archive keeps no trace header: https://docs.aws.amazon.com/xray/latest/devguide/xray-services-eventbridge.html
        traceHeader: null,
        acceptedAt: clock.now(),
        replay: name,
      }));

  const replays = createReplays({
    ...needs,
    archives: archives.all,
    journal,
    deliver: (events, replay) => needs.accept(events.flatMap((event) => deliveriesOf(event, replay))),
  });

  return {
    /** The rules by which the buses fill the archives. */
    rules: archives.all.map(({ rule }) => rule),
    keep: archives.keep,
    actions: archiveActions({ ...needs, archives: archives.all, replays }),
    recover: replays.recover,
    stop: async (): Promise<void> => {
      await replays.stop();
      await archives.close();
    },
  };
};
