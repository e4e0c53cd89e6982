import { expect, test } from "vitest";
import { admission } from "../../../functions/runtime/admission.ts";

const NOW = 1_700_000_000_000;

/** A person who has these connections, may have two, and is barred until then. */
const person = ({ ids = [], barredUntil = 0 }: { ids?: string[]; barredUntil?: number } = {}) => {
  const counted = new Set(ids);
  const { admit } = admission({
    countIn: async (_identity, { connectionId }) => void counted.add(connectionId),
    countOut: async (_identity, connectionId) => void counted.delete(connectionId),
    personOf: async () => ({
      connections: [...counted].map((connectionId) => ({ connectionId, connectedAt: NOW })),
      barredUntil,
    }),
    connectionsPerIdentity: 2,
    now: () => NOW,
  });
  return { connect: (connectionId: string) => admit("ann", { connectionId, connectedAt: NOW }), counted };
};

test("somebody may have as many connections as are allowed", async () => {
  const { connect, counted } = person({ ids: ["1="] });
  expect(await connect("2=")).toBeUndefined();
  expect([...counted]).toEqual(["1=", "2="]);
});

test("one more is turned away with 429, and is not counted", async () => {
  const { connect, counted } = person({ ids: ["1=", "2="] });
  expect(await connect("3=")).toMatchObject({ statusCode: 429 });
  expect([...counted]).toEqual(["1=", "2="]);
});

test("of two that come at once none slips past the limit", async () => {
  const { connect, counted } = person({ ids: ["1="] });
  await Promise.all([connect("2="), connect("3=")]);
  expect(counted.size).toBeLessThanOrEqual(2);
});

test("somebody who is barred is turned away with 403 until the moment when that is over", async () => {
  const barred = person({ barredUntil: NOW / 1000 + 1 });
  expect(await barred.connect("1=")).toEqual({ statusCode: 403, reason: "Barred until 2023-11-14T22:13:21.000Z." });
  expect([...barred.counted]).toEqual([]);
  expect(await person({ barredUntil: NOW / 1000 }).connect("1=")).toBeUndefined();
});
