import { expect, test } from "vitest";
import { MEMORY_MB } from "../../../bench/cost/deployment.ts";
import { deliveriesOf, messageUsage, monthOf, type Workload } from "../../../bench/cost/month.ts";
import { postUsage } from "../../../bench/cost/post.ts";
import { billOf, priceOf } from "../../../bench/model/prices.ts";
import { add, lambdaGbSecondsOf, scale } from "../../../bench/model/usage.ts";

const workload = (fields: Partial<Workload> = {}): Workload => ({
  members: 10_000,
  rooms: 1,
  messagesPerDay: 50_000,
  dataBytes: 256,
  pingSeconds: 120,
  ...fields,
});

/** US dollars for a million deliveries, egress apart, with Lambda's rate of traces in a busy deployment. */
const perMillion = (members: number, dataBytes = 256) =>
  priceOf(scale(messageUsage(members, dataBytes, 0.05), 1e6 / (members - 1)));

test.each([1_000, 10_000, 100_000, 1_000_000])(
  "a million deliveries in a room of %d cost between the floor and $1.35, all included",
  (members) => {
    expect(perMillion(members)).toBeGreaterThan(1);
    expect(perMillion(members)).toBeLessThan(1.35);
  },
);

test("posts of 70 ms would not make a million deliveries in a room of 1,000 dearer than $1.35", () => {
  const longer = { lambdaGbSeconds: lambdaGbSecondsOf(70, MEMORY_MB.post) - postUsage(256).lambdaGbSeconds };
  expect(longer.lambdaGbSeconds).toBeGreaterThan(0);
  expect(perMillion(1_000) + priceOf(scale(longer, 1e6))).toBeLessThan(1.35);
});

test("the smaller the room, the more a delivery has of the message's own cost", () => {
  const prices = [2, 5, 10, 50, 100, 1_000, 10_000].map((members) => perMillion(members));
  expect(prices).toEqual(prices.toSorted((a, b) => b - a));
});

test("28 KB of data are still one message of API Gateway", () => {
  expect(messageUsage(1000, 28_000, 0).webSocketMessages).toBe(messageUsage(1000, 1, 0).webSocketMessages);
});

test("twice the messages cost twice as much, connections nothing more", () => {
  const [once, twice] = [workload({ messagesPerDay: 100_000 }), workload({ messagesPerDay: 200_000 })].map(monthOf);
  expect(twice?.messages.lambdaRequests).toBeCloseTo(2 * (once?.messages.lambdaRequests ?? 0));
  expect(twice?.connections).toEqual(once?.connections);
});

test("a message is delivered to all but its sender, on each day of the year's twelfth", () => {
  expect(deliveriesOf(workload({ members: 12, rooms: 4, messagesPerDay: 12 }))).toBeCloseTo(2 * 365);
});

test("connections cost their minutes, and more for their pings", () => {
  const bill = billOf(monthOf(workload()).connections);
  expect(bill["connection minutes"]).toBeCloseTo((10_000 * 43_800 * 0.25) / 1e6);
  const often = priceOf(monthOf(workload({ pingSeconds: 60 })).connections);
  expect(often).toBeGreaterThan(1.5 * priceOf(monthOf(workload()).connections));
});

test("small rooms are looked at when a connection is renewed, large ones are not", () => {
  const connections = (rooms: number) => monthOf(workload({ rooms })).connections;
  expect(connections(1).expressRequests).toBe(0);
  expect(connections(1_000).expressRequests).toBeGreaterThan(0);
});

test("messages are kept, with their backup, for the retention", () => {
  const { messages } = monthOf(workload({ messagesPerDay: 1e6 }));
  expect(messages.dynamoDbGbMonths).toBeCloseTo((30e6 * (256 + 320)) / 1024 ** 3);
  expect(messages.dynamoDbBackupGbMonths).toBe(messages.dynamoDbGbMonths);
});

test("the parts of a month have no more and no less than the month's bill", () => {
  const { messages, connections } = monthOf(workload());
  const whole = add(messages, connections);
  expect(priceOf(messages, whole) + priceOf(connections, whole)).toBeCloseTo(priceOf(whole));
});
