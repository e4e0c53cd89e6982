import { expect, test } from "vitest";
import { runCommand } from "../support/command.ts";

test.each([
  [["--identity", "ann", "--data", "/nowhere"], "No Roomcast runs on /nowhere: start it with npm start.\n"],
  [["--everything"], "Unknown option '--everything'\n"],
])("%j: the command says what is wrong in one line, and fails", async (args, says) => {
  expect(await runCommand("erase", ...args)).toEqual({ exitCode: 1, stdout: "", stderr: says });
});

test("--help says how it is used", async () => {
  expect(await runCommand("erase", "--help")).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining("--yes          erase it"),
  });
});
