import { expect, test } from "vitest";
import { unknownRoute } from "../../functions/default.ts";
import { frame } from "../support/frame.ts";

test.each([
  ["a frame without `message`", {}, "BAD_FRAME"],
  ["a `message` that is no text", { message: 7 }, "BAD_FRAME"],
  ["a `message` that is no route", { message: "dance" }, "UNKNOWN_ROUTE"],
])("%s is refused with the routes that there are", async (_what, body, code) => {
  const reason = expect.stringContaining('"join", "leave", "publish", "history", "members", "typing", "ping"');
  await expect(unknownRoute(frame(body))).rejects.toMatchObject({ code, message: reason });
});

test("a frame of a route that the API lacks is refused, and the log names the route", async () => {
  const logged: unknown[] = [];
  const given = frame({ message: "join", room: "lobby" });
  const observe = {
    ...given.observe,
    log: { ...given.observe.log, error: (...all: unknown[]) => void logged.push(...all) },
  };
  await expect(unknownRoute({ ...given, observe })).rejects.toMatchObject({ code: "UNKNOWN_ROUTE" });
  expect(logged).toEqual([expect.stringContaining('no route "join"')]);
});
