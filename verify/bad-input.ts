import { type Connect, newRoom } from "./person.ts";
import { no, type Probe, yes } from "./probe.ts";

const BAD: readonly (readonly [what: string, frame: unknown, code: string])[] = [
  ["no JSON", "hello", "BAD_FRAME"],
  ["no object", "7", "BAD_FRAME"],
  ["an unknown route", { message: "shout" }, "UNKNOWN_ROUTE"],
  ["a room that is empty", { message: "join", room: "" }, "BAD_ROOM"],
  ["a room of 129 bytes", { message: "join", room: "x".repeat(129) }, "BAD_ROOM"],
  ["a room one is not in", { message: "publish", room: newRoom(), data: 1 }, "NOT_A_MEMBER"],
  ["data over 28 KiB", { message: "publish", room: "x", data: "x".repeat(30_000) }, "TOO_LARGE"],
];

/** Bad frames and a bad upgrade have their own answers, and end nothing. */
export const badInput = (connect: Connect): Probe[] => [
  {
    says: "Each bad frame is answered with its own error, and the connection still serves",
    must: true,
    ask: async () => {
      const mallory = await connect();
      const wrong: string[] = [];
      for (const [what, frame, code] of BAD) {
        mallory.send(frame);
        const answer = await mallory.next({ type: "error" });
        if (answer.code !== code) wrong.push(`${what}: ${JSON.stringify(answer)} instead of ${code}`);
      }
      const { type } = await mallory.ask({ message: "ping" });
      await mallory.close();
      if (type !== "pong") wrong.push(`ping afterwards: ${type}`);
      return wrong.length === 0 ? yes(`${BAD.length} kinds of bad frames.`) : no(wrong.join("; "));
    },
  },
  {
    says: "An upgrade that names an impossible room is answered 400",
    must: true,
    ask: async () => {
      const seen = await connect({ room: "x".repeat(129) }).then(
        () => "it was connected",
        (error: Error) => error.message,
      );
      return seen.endsWith(": 400") ? yes(seen) : no(seen);
    },
  },
];
