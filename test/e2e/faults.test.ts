import { expect, onTestFinished, test } from "vitest";
import { readFaultPlan } from "../../local/faults/plan.ts";
import { startRoomcast } from "../support/roomcast.ts";

const withFaults = async (plan: string) => {
  const roomcast = await startRoomcast({ faults: readFaultPlan(plan) });
  onTestFinished(roomcast.stop);
  return roomcast;
};

test("a client sees crashes as API Gateway shows them, and what it asks next is served", async () => {
  // Before: invocation 1 is the authorizer's, 3 is that of $connect. After: the fourth that has run is ping's.
  const { connect } = await withFaults("function.crash-before=#1#3,function.crash-after=#4");
  await expect(connect()).rejects.toThrow("Unexpected server response: 500");
  await expect(connect()).rejects.toThrow("Unexpected server response: 502");
  const ann = await connect();
  ann.send({ message: "ping", ref: "lost" });
  expect(await ann.next({})).toMatchObject({ message: "Internal server error" });
  expect(await ann.ask({ message: "ping" })).toMatchObject({ type: "pong" });
});

test("a delivery made twice brings a member one message twice, with the same number", async () => {
  const { connect } = await withFaults("bus.duplicate=100%");
  const [ann, bob] = await Promise.all([connect({ room: "lobby" }), connect({ room: "lobby" })]);
  const { seq } = await ann.ask({ message: "publish", room: "lobby", data: "hello" });
  const first = await bob.next({ type: "message" });
  expect(first).toMatchObject({ seq, data: "hello" });
  expect(await bob.next({ type: "message" })).toEqual(first);
});
