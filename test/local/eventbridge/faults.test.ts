import { describe, expect, test } from "vitest";
import { bus, directory, entry } from "./bus.ts";

const order = (number: number) => entry({ Detail: JSON.stringify({ order: number }) });
const ordersOf = (inputs: readonly { detail?: unknown }[]) => inputs.map(({ detail }) => Object(detail).order);

describe("PutEvents", () => {
  test("is refused whole by bus.refuse, and what it was given goes nowhere", async () => {
    const { put, clock, delivered } = await bus({ faults: "bus.refuse=#1" });
    await expect(put(order(1), order(2))).rejects.toMatchObject({ name: "InternalException", status: 500 });
    expect(await put(order(3))).toMatchObject({ FailedEntryCount: 0 });
    await clock.advance(0);
    expect(ordersOf(delivered.map(({ input }) => input))).toEqual([3]);
  });

  test("answers 200 and has not taken the entry that bus.refuse-entry strikes", async () => {
    const { put, clock, delivered } = await bus({ faults: "bus.refuse-entry=#2" });
    expect(await put(order(1), order(2), order(3))).toEqual({
      FailedEntryCount: 1,
      Entries: [
        { EventId: "event-1" },
        { ErrorCode: "InternalFailure", ErrorMessage: expect.any(String) },
        { EventId: "event-2" },
      ],
    });
    await clock.advance(0);
    expect(ordersOf(delivered.map(({ input }) => input))).toEqual([1, 3]);
  });
});

describe("a delivery", () => {
  test("that bus.duplicate strikes is made twice, of the same event", async () => {
    const { put, clock, inputs } = await bus({ faults: "bus.duplicate=#1" });
    await put(order(1));
    await put(order(2));
    await clock.advance(0);
    expect(ordersOf(inputs.map((input) => JSON.parse(input)))).toEqual([1, 1, 2]);
    expect(inputs[1]).toBe(inputs[0]);
  });

  test("that bus.delay strikes comes within 3 s, and keeps no other waiting", async () => {
    const { put, clock, delivered } = await bus({ faults: "bus.delay=#1" });
    await put(order(1));
    await put(order(2));
    await clock.advance(0);
    expect(ordersOf(delivered.map(({ input }) => input))).toEqual([2]);
    await clock.advance(3_000);
    expect(ordersOf(delivered.map(({ input }) => input))).toEqual([2, 1]);
  });

  test("that bus.reorder strikes comes after the next one", async () => {
    const { put, clock, delivered } = await bus({ faults: "bus.reorder=#1" });
    await put(order(1));
    await clock.advance(999);
    expect(delivered).toEqual([]);
    await put(order(2));
    await clock.advance(0);
    expect(ordersOf(delivered.map(({ input }) => input))).toEqual([2, 1]);
  });

  test("that bus.reorder strikes waits no longer than a second for another to overtake it", async () => {
    const { put, clock, attempts } = await bus({ faults: "bus.reorder=#1" });
    const start = clock.now();
    await put(order(1));
    await clock.advance(1_000);
    expect(attempts.map((at) => at - start)).toEqual([1_000]);
  });

  test("to another target overtakes nothing", async () => {
    const targets = ["one", "two"].map((name) => ({
      Id: name,
      Arn: `arn:aws:states:us-east-1:123456789012:stateMachine:${name}`,
    }));
    const { put, clock, delivered } = await bus({ targets, faults: "bus.reorder=#1#4" });
    await put(order(1));
    await clock.advance(0);
    expect(delivered.map(({ target }) => target.id)).toEqual(["two"]);
    await put(order(2));
    await clock.advance(0);
    expect(delivered.map(({ target, input }) => [target.id, Object(input.detail).order])).toEqual([
      ["two", 1],
      ["one", 2],
      ["one", 1],
    ]);
  });

  test.each(["bus.delay", "bus.reorder"])(
    "that %s holds back at the end of the process comes after it",
    async (name) => {
      const kept = await directory();
      const before = await bus({ directory: kept, faults: `${name}=100%` });
      await before.put(order(1));
      await before.clock.advance(0);
      await before.stop();
      expect(before.delivered).toEqual([]);

      const after = await bus({ directory: kept });
      expect(after.recover()).toBe(1);
      await after.clock.advance(0);
      expect(ordersOf(after.delivered.map(({ input }) => input))).toEqual([1]);
      expect(before.logged).toEqual([]);
    },
  );
});
