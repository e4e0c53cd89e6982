/** A process that puts one event whose delivery never ends, prints PutEvents' answer, and waits to be killed. */
import { randomUUID } from "node:crypto";
import { systemClock } from "../../../local/clock.ts";
import { createEventBuses } from "../../../local/eventbridge/event-buses.ts";
import { resourceTypes } from "../../../local/eventbridge/resources.ts";
import { noFaults } from "../../../local/faults/faults.ts";
import { declared } from "../../support/declared.ts";

const { service } = await createEventBuses({
  place: { partition: "aws", region: "us-east-1", account: "123456789012" },
  buses: [declared(resourceTypes["AWS::Events::EventBus"], "Bus", { Name: "orders" })],
  archives: [],
  rules: [
    declared(resourceTypes["AWS::Events::Rule"], "Rule", {
      Name: "to-work",
      EventBusName: "orders",
      EventPattern: { source: ["shop"] },
      Targets: [{ Id: "work", Arn: "arn:aws:states:us-east-1:123456789012:stateMachine:work" }],
    }),
  ],
  directory: process.argv[2] ?? "",
  deliver: () => new Promise(() => undefined),
  sendDeadLetter: async () => undefined,
  clock: systemClock,
  random: Math.random,
  faults: noFaults,
  putMetric: () => {},
  newId: randomUUID,
  log: () => undefined,
});
const Entries = [{ EventBusName: "orders", Source: "shop", DetailType: "Ordered", Detail: "{}" }];
const answer = await service.call("PutEvents", { Entries }, { principal: { kind: "operator" } });
process.stdout.write(JSON.stringify(answer));
setInterval(() => undefined, 1_000);
