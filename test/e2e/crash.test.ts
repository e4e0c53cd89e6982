import { once } from "node:events";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connectMember } from "../support/member.ts";
import { createProcesses } from "../support/process.ts";
import { tableRows } from "../support/table-rows.ts";

/** Each test starts two processes, which on a busy machine takes its time. */
const STARTS_MS = 120_000;

let processes: Awaited<ReturnType<typeof createProcesses>>;
beforeEach(async () => {
  processes = await createProcesses();
});
afterEach(() => processes.end());

test(
  "a message acked right before a kill -9 is delivered to members who come back, and is kept once",
  async () => {
    const first = await processes.start();
    const [ann, bob] = await Promise.all([
      connectMember(first.endpoint, { room: "lobby", name: "Ann" }),
      connectMember(first.endpoint, { room: "lobby", name: "Bob" }),
    ]);
    ann.send({ message: "publish", room: "lobby", data: "before the end", ref: "r1" });
    const { id, seq } = await ann.next({ type: "ack" });
    const closed = once(bob.socket, "close");
    await first.kill();
    await closed;

    const second = await processes.start();
    const back = await connectMember(second.endpoint, { room: "lobby", name: "Bob" });
    // Bob had it before the end or gets it now: an execution that was cut off begins anew.
    const message = bob.unread.find((frame) => frame.id === id) ?? (await back.next({ type: "message", id }));
    expect(message).toMatchObject({ id, seq, data: "before the end", from: { name: "Ann" } });
    const tables = tableRows(second.client);
    expect(await tables.rows("messages")).toMatchObject([{ room: "lobby", seq, id }]);
    tables.close();
  },
  STARTS_MS,
);

test(
  "Ctrl-C closes every connection with a close frame, and keeps the data",
  async () => {
    const first = await processes.start();
    const ann = await connectMember(first.endpoint, { room: "lobby" });
    const { seq } = await ann.ask({ message: "publish", data: "kept" });
    const closed = once(ann.socket, "close");
    expect(await first.interrupt()).toBe(0);
    expect((await closed)[0]).toBe(1001);

    const second = await processes.start();
    const back = await connectMember(second.endpoint);
    expect(await back.ask({ message: "join", room: "lobby" })).toMatchObject({ type: "joined", seq });
    const tables = tableRows(second.client);
    // The row of the connection that was closed is gone: its $disconnect has run.
    expect(await tables.rows("connections")).toHaveLength(1);
    tables.close();
  },
  STARTS_MS,
);
