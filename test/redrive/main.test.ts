import { expect, test } from "vitest";
import { runRedrive } from "../support/redrive-command.ts";

test.each([
  [["--data", "/nowhere"], "No Roomcast runs on /nowhere: start it with npm start.\n"],
  [["--everything"], "Unknown option '--everything'\n"],
])("%j: the command says what is wrong in one line, and fails", async (args, says) => {
  expect(await runRedrive(...args)).toEqual({ exitCode: 1, stdout: "", stderr: says });
});

test("--help says how it is used", async () => {
  expect(await runRedrive("--help")).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining("--yes         do it"),
  });
});
