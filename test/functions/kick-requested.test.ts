import { expect, test } from "vitest";
import type { PersonsConnection } from "../../functions/aws/people.ts";
import { kickRequested } from "../../functions/kick-requested.ts";
import { unheard } from "../support/frame.ts";

const NOW = 1_700_000_000_000;

/**
 * Ann with connections of these ages in seconds, by their ids, some of which only come to exist later, or never, or are
 * turned away while a kick waits for them.
 */
const ann = (
  ages: Readonly<Record<string, number>>,
  existsFrom: Readonly<Record<string, number>> = {},
  turnedAway = "",
) => {
  let now = NOW;
  const rows = new Map<string, PersonsConnection>(
    Object.entries(ages).map(([connectionId, age]) => [connectionId, { connectionId, connectedAt: now - age * 1000 }]),
  );
  const steps: string[] = [];
  const ended: string[] = [];
  const put: [string, unknown][] = [];
  const kick = kickRequested({
    bar: async (identity, until) => void steps.push(`bar ${identity} until ${until}`),
    personOf: async () => {
      steps.push("read");
      return { connections: [...rows.values()], barredUntil: 0 };
    },
    countOut: async (_identity, connectionId) => void rows.delete(connectionId),
    endConnection: async (connectionId) => {
      if (now < NOW + (existsFrom[connectionId] ?? 0) * 1000) return false;
      ended.push(connectionId);
      return true;
    },
    put: async (detailType, detail) => void put.push([detailType, detail]),
    pause: async (milliseconds) => {
      now += milliseconds;
      rows.delete(turnedAway);
    },
    now: () => now,
  });
  return { kick: (detail: unknown) => kick({ id: "e-1", detail }, unheard), rows, steps, ended, put };
};

const never = Number.POSITIVE_INFINITY;

test("who is kicked is barred before their connections are read, and each of these is ended", async () => {
  const { kick, rows, steps, ended, put } = ann({ "1=": 100, "2=": 3 });
  const kicked = { identity: "ann", connections: 2, until: NOW / 1000 + 60 };
  expect(await kick({ identity: "ann", seconds: 60, reason: "spam" })).toEqual(kicked);
  expect(steps).toEqual([`bar ann until ${NOW / 1000 + 60}`, "read"]);
  expect([ended, rows.size]).toEqual([["1=", "2="], 0]);
  expect(put).toEqual([["Kicked", kicked]]);
});

test("0 seconds let somebody in again", async () => {
  const { kick, steps } = ann({});
  expect(await kick({ identity: "ann", seconds: 0 })).toEqual({ identity: "ann", connections: 0, until: 0 });
  expect(steps[0]).toBe("bar ann until 0");
});

test("a connection that does not exist yet is ended as soon as it does", async () => {
  const { kick, ended } = ann({ "1=": 100, "2=": 1 }, { "2=": 4 });
  expect(await kick({ identity: "ann", seconds: 60 })).toMatchObject({ connections: 2 });
  expect(ended).toEqual(["1=", "2="]);
});

test("one that never comes to exist is waited for until it could not any more, and forgotten", async () => {
  const { kick, rows, steps } = ann({ "1=": 20 }, { "1=": never });
  expect(await kick({ identity: "ann", seconds: 60 })).toMatchObject({ connections: 0 });
  expect(rows.size).toBe(0);
  expect(steps.filter((step) => step === "read")).toHaveLength(11);
});

test("one that has been turned away meanwhile is waited for no longer", async () => {
  const { kick, steps } = ann({ "1=": 1 }, { "1=": never }, "1=");
  expect(await kick({ identity: "ann", seconds: 60 })).toMatchObject({ connections: 0 });
  expect(steps.filter((step) => step === "read")).toHaveLength(2);
});

test.each([
  [undefined, "The detail is {identity, seconds, reason?}."],
  [{ seconds: 60 }, "`identity` is missing."],
  [{ identity: "", seconds: 60 }, "`identity` is text of 1 to 128 characters"],
  [{ identity: "a\u0000", seconds: 60 }, "`identity` is text"],
  [{ identity: "ann" }, "`seconds` is missing."],
  [{ identity: "ann", seconds: "60" }, "`seconds` is a whole number from 0 to 2592000"],
  [{ identity: "ann", seconds: -1 }, "`seconds` is a whole number"],
  [{ identity: "ann", seconds: 0.5 }, "`seconds` is a whole number"],
  [{ identity: "ann", seconds: 2_592_001 }, "`seconds` is a whole number"],
  [{ identity: "ann", seconds: 60, reason: "r".repeat(257) }, "`reason` is text"],
  [{ identity: "ann", seconds: 60, minutes: 1 }, "`minutes` is not one of identity, seconds and reason."],
])("%j is refused by name, and nothing is done", async (detail, reason) => {
  const { kick, steps, ended, put } = ann({ "1=": 100 });
  const refused = { request: "e-1", reason: expect.stringContaining(reason) };
  expect(await kick(detail)).toEqual(refused);
  expect([steps, ended, put]).toEqual([[], [], [["KickRefused", refused]]]);
});
