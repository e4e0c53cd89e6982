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

test("--context is a key of the configuration and its value, as often as there are keys", () => {
  const given = ["--context", "stage=test", "--context", "tokenDefaultRooms=", "--context", "alarmTopicArn=a=b"];
  expect(readOptions(given)).toMatchObject({ context: { stage: "test", tokenDefaultRooms: "", alarmTopicArn: "a=b" } });
  expect(readOptions([])).toMatchObject({ context: {} });
});

test.each(["stage", "=test", ""])("--context %j is refused", (given) => {
  expect(() => readOptions(["--context", given])).toThrow(
    `--context is "${given}": it is a key and its value, such as stage=test.`,
  );
});

test("it is on an address that only this machine reaches, unless --host says so", () => {
  expect(readOptions([])).toMatchObject({ host: "127.0.0.1" });
  expect(readOptions(["--host", "0.0.0.0"])).toMatchObject({ host: "0.0.0.0" });
});

test.each(["", "everywhere", "127.0.0.1:80"])("--host %j is refused", (given) => {
  expect(() => readOptions(["--host", given])).toThrow(`--host is "${given}": it is an address of this machine`);
});
