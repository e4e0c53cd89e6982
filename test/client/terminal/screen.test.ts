import { PassThrough } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { createScreen } from "../../../client/terminal/screen.ts";

/** A screen on streams that say they are a terminal, and what is on it without the colours. */
const terminal = () => {
  const [input, output] = [new PassThrough(), new PassThrough()].map((stream) =>
    Object.assign(stream, { isTTY: true }),
  );
  const typed: string[] = [];
  const ended: string[] = [];
  const screen = createScreen({
    input: input as never,
    output: output as never,
    onLine: (line) => (line === "/quit" ? screen.close() : typed.push(line)),
    onEnd: () => ended.push("end"),
    onInterrupt: () => ended.push("interrupt"),
  });
  const types = async (keys: string) => {
    input?.write(keys);
    await setImmediate();
  };
  const shown = () => stripVTControlCharacters(String(output?.read() ?? ""));
  return { screen, types, typed, ended, shown };
};

test("what comes in goes above the line that is being typed, which stays", async () => {
  const { screen, types, typed, shown } = terminal();
  await types("hel");
  screen.show({ kind: "message", at: 0, author: "bob", text: "hi" });
  expect(shown()).toMatch(/> hel\r\d\d:\d\d:\d\d bob: hi\n> hel$/);
  await types("lo\r");
  expect(typed).toEqual(["hello"]);
});

test("/quit closes it from within the line, without another prompt", async () => {
  const { types, shown, ended } = terminal();
  await types("/quit\r");
  expect(shown().trimEnd()).toMatch(/\/quit$/);
  expect(ended).toEqual([]);
});

test.each([
  ["Ctrl-C", "\u0003", "interrupt"],
  ["Ctrl-D", "\u0004", "end"],
])("%s is told", async (_key, keys, event) => {
  const { types, ended } = terminal();
  await types(keys);
  expect(ended).toEqual([event]);
});
