import { expect, test } from "vitest";
import { readOptions, USAGE } from "../../local/options.ts";

test("nothing goes wrong unless --faults says so", () => {
  expect(readOptions([])).toMatchObject({ faults: undefined });
});

test("--faults is a plan", () => {
  expect(readOptions(["--faults", "bus.duplicate=10%,seed=7"])).toMatchObject({
    faults: { seed: 7, faults: { "bus.duplicate": { rate: 0.1 } } },
  });
});

test("--faults with a mistake is refused, with the part that is wrong", () => {
  expect(() => readOptions(["--faults", "all=5%,bus.dupe=10%"])).toThrow('"bus.dupe=10%" in the faults');
});

test("--help names it", () => {
  expect(readOptions(["--help"])).toBe("help");
  expect(USAGE).toContain("--faults PLAN");
});
