import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { answer, asWorker, iamOf, worker } from "../local/iam/iam-builder.ts";

const page = readFileSync(new URL("../../docs/events.md", import.meta.url), "utf8");
const [, policy = ""] = /```json\n(\{\n {2}"Version": "2012-10-17"[^`]*)```/.exec(page) ?? [];
const { Statement } = JSON.parse(policy);
const iam = iamOf({ Worker: worker(Statement) });

const bus = "arn:aws:events:us-east-1:123456789012:event-bus/Roomcast-dev-bus";
const requested = { "events:source": "roomcast", "events:detail-type": "PublishRequested" };

test("the policy in docs/events.md lets a backend ask to publish", () => {
  expect(answer(iam, asWorker, "events:PutEvents", bus, requested)).toBe("allowed");
});

test.each([
  ["MessagePosted", "events:PutEvents", bus, { ...requested, "events:detail-type": "MessagePosted" }],
  ["MessageDelivered", "events:PutEvents", bus, { ...requested, "events:detail-type": "MessageDelivered" }],
  ["an event of another source", "events:PutEvents", bus, { ...requested, "events:source": "aws.s3" }],
  ["an event on another bus", "events:PutEvents", bus.replace("Roomcast-dev-bus", "default"), requested],
  ["anything else of the bus", "events:PutRule", bus, {}],
])("it does not let it put %s", (_what, action, resource, conditions) => {
  expect(answer(iam, asWorker, action, resource, conditions)).toContain("is not authorized");
});
