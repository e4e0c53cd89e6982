import { expect, test } from "vitest";
import { readOptions } from "../../kick/options.ts";

const forAnHour = { stackName: "Roomcast-dev", data: undefined, identity: "ann", seconds: 3_600 };

test.each([
  ["--identity ann", forAnHour],
  ["--identity ann --stage prod", { ...forAnHour, stackName: "Roomcast-prod" }],
  ["--identity ann --data .roomcast", { ...forAnHour, data: ".roomcast" }],
  ["--identity ann --for 90s", { ...forAnHour, seconds: 90 }],
  ["--identity ann --for 15m", { ...forAnHour, seconds: 900 }],
  ["--identity ann --for 30d", { ...forAnHour, seconds: 2_592_000 }],
  ["--identity ann --for 0", { ...forAnHour, seconds: 0 }],
  ["--help --stage 7", "help"],
])("%j is understood", (line, options) => {
  expect(readOptions(line.split(" "))).toEqual(options);
});

test.each([
  ["--for 1h", "--identity is not there"],
  ["--identity ann --stage 7", '--stage is "7"'],
  ["--identity ann --data=", "--data is empty"],
  ["--identity ann --for 31d", '--for is "31d"'],
  ["--identity ann --for 1", '--for is "1"'],
  ["--identity ann --for=-1h", '--for is "-1h"'],
  ["--identity ann --everywhere", "Unknown option '--everywhere'"],
])("%j is refused by name", (line, message) => {
  expect(() => readOptions(line.split(" "))).toThrow(message);
});
