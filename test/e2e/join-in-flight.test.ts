import { expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { connect } from "../../client/index.ts";
import { readFaultPlan } from "../../local/faults/plan.ts";
import { startRoomcast } from "../support/roomcast.ts";

test("who joins while messages are on their way gets all above its head, although the index does not list it yet", async () => {
  const roomcast = await startRoomcast({ faults: readFaultPlan("index.lag=2000ms") });
  onTestFinished(roomcast.stop);
  const ann = await roomcast.connect({ room: "in flight" });
  let published = 0;
  const publish = async () => {
    published = (await ann.ask({ message: "publish", room: "in flight", data: published + 1 })).seq;
  };
  for (let n = 0; n < 10; n++) await publish();

  let head: number | undefined;
  class Tapped extends WebSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols);
      this.on("message", (text) => {
        const { type, seq } = JSON.parse(String(text));
        if (type === "joined") head = seq;
      });
    }
  }
  const chat = connect(roomcast.endpoint, { WebSocket: Tapped });
  onTestFinished(chat.close);
  const given: number[] = [];
  const last = Promise.withResolvers<void>();
  chat.join("in flight").on("message", ({ seq, data }) => {
    given.push(seq);
    if (data === "last") last.resolve();
  });
  // Until it has joined, and 20 more: the index lists the joiner only after all of them.
  for (let more = 0; more < 20; more += head === undefined ? 0 : 1) await publish();
  const { seq } = await ann.ask({ message: "publish", room: "in flight", data: "last" });
  await last.promise;
  expect(given).toEqual(Array.from({ length: seq - head! }, (_, n) => head! + n + 1));
  await ann.close();
});
