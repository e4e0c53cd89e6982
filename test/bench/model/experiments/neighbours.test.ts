import { describe, expect, test } from "vitest";
import { serveNeighbours } from "../../../../bench/model/experiments/neighbours.ts";
import { boundMs } from "../../../../bench/model/floor.ts";
import { measure } from "../../../../bench/model/measure.ts";
import { roomcast } from "../../../../bench/model/strategies/roomcast.ts";
import { createWorld } from "../../../../bench/model/world.ts";
import { median } from "../../../../bench/statistics.ts";

describe("small rooms beside a busy large one", async () => {
  const quiet = { seed: 7, small: 10, rooms: 15, everyMs: 30 };
  const alone = await serveNeighbours({ ...quiet, large: 0 });

  test("wait no longer than alone, where the large one is served by as many children as the quotas have room for", async () => {
    const beside = await serveNeighbours({ ...quiet, large: 5_000, fanoutWidth: 14 });
    expect(median(beside.smallMs) / median(alone.smallMs)).toBeLessThan(1.2);
    expect(Math.max(...beside.smallMs)).toBeLessThan(2 * Math.max(...alone.smallMs));
    expect(beside.largeMs).toBeLessThan(boundMs(5_000));
  });

  test("wait for seconds or lose their frames where there are more children, and the large one is slower too", async () => {
    const beside = await serveNeighbours({ ...quiet, large: 5_000, fanoutWidth: 24 });
    expect(beside.smallMs.filter((ms) => !(ms < 1_000)).length).toBeGreaterThan(0);
    expect(beside.largeMs).toBeGreaterThan(boundMs(5_000));
  });
});

test("how long a room takes does not grow with the rows of other rooms", async () => {
  const own = await measure(roomcast, 500, { seed: 7 });
  const world = createWorld({
    seed: 7,
    rooms: { lobby: 500, ...Object.fromEntries(Array.from({ length: 9 }, (_, other) => [`other ${other}`, 500])) },
    definitions: roomcast.definitions?.() ?? {},
  });
  await world.time.run(roomcast.publish(world, 0));
  expect(world.rooms[0]!.arrivals.at.toSorted().at(-1)).toBe(own.lastMs);
});
