import { expect, test } from "vitest";
import { fanoutUsage } from "../../../bench/cost/fanout.ts";
import { postUsage } from "../../../bench/cost/post.ts";
import { publishUsage } from "../../../bench/cost/publishing.ts";
import { priceOf } from "../../../bench/model/prices.ts";
import { roomcast } from "../../../bench/model/strategies/roomcast.ts";
import { add, scale, type Usage } from "../../../bench/model/usage.ts";
import { createWorld } from "../../../bench/model/world.ts";

/** What the real state machines use on the model of AWS for one message to a room. */
const counted = async (members: number): Promise<Usage> => {
  const world = createWorld({ seed: 7, rooms: { lobby: members }, definitions: roomcast.definitions?.() ?? {} });
  await world.time.run(roomcast.publish(world, 0));
  return world.meter.usage();
};

/** By formula. In the model the sender is in no room. */
const computed = (members: number): Usage =>
  add(publishUsage(256, 1), fanoutUsage(members, 256), scale(postUsage(256), members));

const off = (value: number, truth: number) => Math.abs(value / truth - 1);

test.each([10, 40, 200, 1_000, 3_000])("in a room of %d the formula costs what the model counts", async (members) => {
  const [model, formula] = [await counted(members), computed(members)];
  expect(formula.webSocketMessages).toBe(model.webSocketMessages);
  expect(off(formula.lambdaGbSeconds, model.lambdaGbSeconds)).toBeLessThan(0.1);
  // How many segments a room has is estimated by its first page.
  expect(off(formula.expressRequests, model.expressRequests)).toBeLessThan(0.5);
  // The model's message has no `ref`, and its functions write no logs.
  const left = { dynamoDbReadUnits: -0.5, dynamoDbWriteUnits: -1, logBytes: -formula.logBytes };
  expect(off(priceOf(add(formula, left)), priceOf(model))).toBeLessThan(0.02);
});
