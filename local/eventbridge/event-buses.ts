import { join } from "node:path";
import { AwsError } from "../aws/error.ts";
import type { AwsService } from "../aws/service.ts";
import type { Identity, Resource } from "../cloudformation/resource-type.ts";
import { openDurableMap } from "../journal/durable-map.ts";
import { createArchiving } from "./archive/archiving.ts";
import type { ArchiveProperties } from "./archive/resource.ts";
import { createDeliveries, type Delivery, type DeliveryNeeds, keyOf } from "./deliveries.ts";
import { lookIn } from "./look-in.ts";
import { permissionsOf } from "./permissions.ts";
import { createPutEvents } from "./put-events.ts";
import { type EventBusProperties, eventsArn, type RuleProperties } from "./resources.ts";
import { compileRule } from "./routing.ts";

/** What the event buses run with. */
export interface EventBusNeeds extends DeliveryNeeds {
  /** The account and Region that the stack is in: they are part of every event. */
  readonly place: Pick<Identity, "partition" | "region" | "account">;
  readonly buses: readonly Resource<EventBusProperties>[];
  readonly rules: readonly Resource<RuleProperties>[];
  readonly archives: readonly Resource<ArchiveProperties>[];
  /** Where the journals and the archives are kept. */
  readonly directory: string;
  /** A new UUID, for an event's id. */
  newId(): string;
}

/** The event buses of a template and the account's own, named `default`. */
export interface EventBuses {
  readonly service: AwsService;
  /** Starts to deliver what was accepted before the last end of the process; returns how many deliveries. */
  recover(): number;
  /** Ends the retries and closes the journal. What is not delivered by now is delivered after the next start. */
  stop(): Promise<void>;
}

/** @throws Error naming the rule whose pattern is not valid, or the journal's file where it is damaged. */
export const createEventBuses = async (needs: EventBusNeeds): Promise<EventBuses> => {
  const { place } = needs;
  const rules = needs.rules.map(compileRule);
  const arnOf = (path: string) => eventsArn(place, path);
  const buses = [
    { name: "default", arn: arnOf("event-bus/default") },
    ...needs.buses.map((bus) => ({ name: bus.attribute("Name"), arn: bus.attribute("Arn") })),
  ];
  const journal = await openDurableMap<Delivery>(join(needs.directory, "deliveries.journal"));
  const left = [...journal.entries().values()];
  const deliveries = createDeliveries(needs, journal, (ruleArn, targetId) => {
    const rule = rules.find(({ arn }) => arn === ruleArn);
    const target = rule?.properties.Targets.find(({ Id }) => Id === targetId);
    return rule && target && { rule, target };
  });
  const accept = async (accepted: readonly Delivery[]): Promise<void> => {
    if (accepted.length > 0) await journal.set(accepted.map((delivery) => [keyOf(delivery), delivery]));
    for (const delivery of accepted) deliveries.start(delivery);
  };
  const archiving = await createArchiving({ ...needs, buses, rules, accept, arnOf });
  const putEvents = createPutEvents({ ...needs, rules, accept, archive: archiving.keep });
  const actions = { ...lookIn(buses, [...rules, ...archiving.rules]), ...archiving.actions };

  const service: AwsService = {
    signingName: "events",
    targetPrefix: "AWSEvents",
    jsonVersion: "1.1",
    permissions: (action, input) => permissionsOf(action, input, arnOf),
    call: async (action, input, context) => {
      if (action === "PutEvents") return putEvents(input, context.traceHeader);
      if (Object.hasOwn(actions, action)) return actions[action as keyof typeof actions](input);
      throw new AwsError("UnknownOperationException", `The local EventBridge does not have the action ${action}.`);
    },
  };

  return {
    service,
    recover: () => {
      const recovered = left.splice(0);
      for (const delivery of recovered) deliveries.start(delivery);
      archiving.recover();
      return recovered.length;
    },
    stop: async () => {
      deliveries.stop();
      await archiving.stop();
      await journal.close();
    },
  };
};
