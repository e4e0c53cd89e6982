import { expect, test } from "vitest";
import type { JsonObject } from "../../../../local/json.ts";
import { connectionsOf, worldOf } from "../world-of.ts";

type World = ReturnType<typeof worldOf>;

interface Page {
  readonly Items: readonly { readonly connectionId: { readonly S: string } }[];
  readonly LastEvaluatedKey?: JsonObject & { slot: { S: string } };
}

/** A query as `room-fanout` and `room-segment` make it. */
const query = (world: World, range: { from?: string; to?: string }, more: JsonObject = {}): Promise<Page> => {
  const { from, to } = range;
  const bounds = from && to ? { ":from": { S: from }, ":to": { S: to } } : {};
  return world.time.run(
    world.tables.query({
      KeyConditionExpression: `room = :room${from ? " AND slot BETWEEN :from AND :to" : ""}`,
      FilterExpression: "connectionId <> :sender AND expiresAt > :now",
      ProjectionExpression: "connectionId, connectedAt",
      Limit: 500,
      ExpressionAttributeValues: {
        ":room": { S: "lobby" },
        ":sender": { S: "nobody" },
        ":now": { N: String(world.time.now() / 1000) },
        ...bounds,
      },
      ...more,
    }) as unknown as Promise<Page>,
  );
};

const ids = ({ Items }: Page) => Items.map(({ connectionId }) => connectionId.S);

test("ranges of slots that adjoin have every connection once", async () => {
  const world = worldOf(300);
  const first = await query(world, { from: "0", to: "55555555" });
  const second = await query(world, { from: "55555555", to: "aaaaaaaa" });
  const third = await query(world, { from: "aaaaaaaa", to: "g" });
  expect([...ids(first), ...ids(second), ...ids(third)]).toEqual(connectionsOf(world));
  for (const { Items } of [first, second, third]) expect(Items.length).toBeGreaterThan(60);
});

test("a page ends at its limit, and the next goes on behind its last key", async () => {
  const world = worldOf(300);
  const first = await query(world, {}, { Limit: 200 });
  const second = await query(world, {}, { Limit: 200, ExclusiveStartKey: first.LastEvaluatedKey! });
  expect([...ids(first), ...ids(second)]).toEqual(connectionsOf(world));
  expect(second.LastEvaluatedKey).toBeUndefined();
  const behind = await query(world, { from: `${first.LastEvaluatedKey!.slot.S} `, to: "g" });
  expect(ids(behind)).toEqual(ids(second));
});

test("the sender is left out", async () => {
  const world = worldOf(30);
  const [sender, ...others] = connectionsOf(world);
  const values = { ":room": { S: "lobby" }, ":sender": { S: sender! }, ":now": { N: "0" } };
  expect(ids(await query(world, {}, { ExpressionAttributeValues: values }))).toEqual(others);
});

test("a condition that the model does not have is refused by its text", async () => {
  await expect(query(worldOf(1), {}, { KeyConditionExpression: "room = :room AND slot > :from" })).rejects.toThrow(
    "The model does not have the key condition room = :room AND slot > :from",
  );
});

test("a partition gives 3,000 read units a second, and throttles who wants more", async () => {
  const world = worldOf(100_000);
  // A page of 1 MB is 128 units.
  const pages = Array.from({ length: 40 }, () => world.tables.readPage(world.rooms[0]!, 0, 100_000, 100_000));
  const answers = await world.time.run(Promise.allSettled(pages));
  const refused = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason.name] : []));
  expect(new Set(refused)).toEqual(new Set(["ProvisionedThroughputExceededException"]));
  expect(answers.length - refused.length).toBe(23);
});
