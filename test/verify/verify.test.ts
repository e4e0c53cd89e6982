import { afterEach, expect, test, vi } from "vitest";
import { fails } from "../../verify/probe.ts";
import { type Verification, verify } from "../../verify/verify.ts";
import { startRoomcast, type Template } from "../support/roomcast.ts";

// An answer that does not come is waited for, and so are a state machine's retries.
vi.setConfig({ testTimeout: 150_000 });

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
afterEach(() => roomcast.stop());

/** Verifies what runs. */
const verified = (more: Partial<Verification> = {}) =>
  verify({ endpoint: roomcast.endpoint, stackName: "Roomcast-dev", tell: () => {}, ...more });
const idsOf = ({ Resources }: Template, type: string) =>
  Object.keys(Resources).filter((id) => Resources[id]?.Type === type);

test("the local runtime answers every probe, from outside and from inside", async () => {
  roomcast = await startRoomcast();
  const answers = await verified({ account: roomcast.client });
  expect(answers.filter(({ answer }) => answer !== "yes")).toEqual([
    expect.objectContaining({
      must: false,
      answer: "not measurable",
      reason: expect.stringContaining("ERROR, without"),
    }),
  ]);
  expect(answers.filter(({ must }) => must)).toHaveLength(10);
  expect(answers.filter(({ says }) => says.startsWith("[inferred]"))).toHaveLength(4);
  // Nothing is left of the rows that it made, once $disconnect has been called for the last of its connections.
  await expect.poll(() => roomcast.rows("connections"), { timeout: 10_000 }).toEqual([]);
});

test("without an account it asks what can be seen from outside, and says so of the rest", async () => {
  roomcast = await startRoomcast();
  const answers = await verified();
  expect(answers.filter(({ answer }) => answer === "yes")).toHaveLength(7);
  const rest = answers.filter(({ answer }) => answer !== "yes");
  for (const { answer, reason } of rest)
    expect([answer, reason]).toEqual(["not measurable", expect.stringContaining("--aws")]);
  expect(answers.filter(fails)).toEqual([]);
});

test("with the rule disabled it fails where a message has to arrive, and nowhere else", async () => {
  roomcast = await startRoomcast({
    change: (template) => {
      for (const id of idsOf(template, "AWS::Events::Rule")) template.Resources[id]!.Properties.State = "DISABLED";
    },
  });
  const answers = await verified({ patienceMs: 2_500 });
  expect(answers.filter(fails).map(({ says }) => says.split(" ").slice(0, 4).join(" "))).toEqual([
    "A message is acked,",
    "The sender hears no",
    "What one room gets",
    "Of 40 messages one",
  ]);
});

test("with a post that hides its failures it misses the retry and the dead letter", async () => {
  const hide = '({ outcome: "delivered" })';
  roomcast = await startRoomcast({
    wrapped: { post: `export const handler = (...call) => real.handler(...call).catch(() => ${hide});` },
  });
  const answers = await verified({ account: roomcast.client, patienceMs: 2_500 });
  expect(answers.filter(fails).map(({ reason }) => reason)).toEqual([
    "The removal of the row did not come within 15 s.",
    expect.stringMatching(/^The dead letter of message \w+ did not come within 2.5 s.$/),
  ]);
});
