import { expect, test } from "vitest";
import { isLookDue, type Pace } from "../../../functions/protocol/pace.ts";
import { stirring } from "../../../functions/runtime/presence.ts";
import { unheard } from "../../support/frame.ts";

/** Rooms with a pace, and what is put on the bus of them. @param seen the pace that reads show, if it is behind */
const rooms = ({ seen, bus = async () => {} }: { seen?: Pace; bus?: () => Promise<void> } = {}) => {
  const put: unknown[] = [];
  const warned: unknown[] = [];
  let pace: Pace = {};
  const clock = { now: 1_700_000_000_000 };
  const stirred = stirring({
    paceOf: async () => seen ?? pace,
    announceLook: async (_room, now) => {
      if (!isLookDue(pace, now)) return false;
      pace = { lookAt: now + 1_000 };
      return true;
    },
    put: async (...event) => {
      await bus();
      put.push(event);
    },
    now: () => clock.now,
  });
  const log = { ...unheard.log, warn: (...all: unknown[]) => void warned.push(...all) };
  return { stir: () => stirred("lobby", { ...unheard, log }), put, warned, clock };
};

test("ten changes at once are one event, and a change a second later another", async () => {
  const { stir, put, clock } = rooms();
  await Promise.all(Array.from({ length: 10 }, stir));
  expect(put).toEqual([["MembershipChanged", { room: "lobby" }, expect.stringMatching(/;Sampled=0$/)]]);
  clock.now += 1_000;
  await stir();
  expect(put).toHaveLength(2);
});

test("of those who read too early to see each other, one wins", async () => {
  const { stir, put } = rooms({ seen: {} });
  await Promise.all([stir(), stir()]);
  expect(put).toHaveLength(1);
});

test("a failure is logged, and fails nobody's join", async () => {
  const { stir, warned } = rooms({
    bus: async () => {
      throw new Error("ThrottlingException");
    },
  });
  await stir();
  expect(warned).toEqual([expect.stringContaining("Nobody may be told"), expect.any(Error)]);
});
