import { expect, test } from "vitest";
import { checkOpenFiles } from "../../../bench/rooms/open-files.ts";

test("as many connections as open files are allowed are too many, and it is said what to raise", () => {
  expect(() => checkOpenFiles(1_024, 1_024)).toThrow(/1024 connections .* 1024 are allowed: .*ulimit -n 1524/);
});

test("a limit that leaves room for the rest of the process is enough", () => {
  expect(() => checkOpenFiles(1_024, 1_524)).not.toThrow();
});
