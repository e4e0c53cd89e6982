import { afterEach, expect, test } from "vitest";
import type { Answered } from "../../local/iam/iam.ts";
import { startRoomcast, type Template } from "../support/roomcast.ts";
import { takeOut } from "../support/take-out.ts";
import { withoutPresence } from "../support/without-presence.ts";

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
let asked: Answered[];
afterEach(() => roomcast.stop());

const startWithout = async (takeAway: (template: Template) => void) => {
  asked = [];
  roomcast = await startRoomcast({ change: takeAway, onIamAnswer: (answered) => asked.push(answered) });
};
/** What a person at the terminal reads of problems. */
const shown = () =>
  roomcast.logged.filter(({ level }) => level !== "debug").map(({ from, message }) => ({ from, message }));
const idOf = ({ Resources }: Template, matches: (resource: Template["Resources"][string]) => boolean) =>
  Object.keys(Resources).find((id) => matches(Resources[id]!))!;

test("without the rule a message is taken and saved, nobody gets it, and the log says that no rule matches it", async () => {
  await startWithout((template) => {
    // So that who asks to start an execution asks for a message's.
    withoutPresence(template);
    const rule = idOf(template, ({ Type }) => Type === "AWS::Events::Rule");
    delete template.Resources[rule];
    // What names what is not there is no template: the dead-letter queue admits just this rule, and it is watched.
    const names = (what: object) => JSON.stringify(what).includes(rule);
    for (const [id, { Type, Properties }] of Object.entries(template.Resources)) {
      if (Type === "AWS::SQS::QueuePolicy")
        Properties.PolicyDocument.Statement = Properties.PolicyDocument.Statement.filter(
          (each: object) => !names(each),
        );
      if (Type.startsWith("AWS::CloudWatch::") && names(Properties)) delete template.Resources[id];
    }
  });
  const [ann, bob] = [await roomcast.connect({ room: "lobby" }), await roomcast.connect({ room: "lobby" })];
  const ack = await ann.ask({ message: "publish", data: "hello" });
  expect(ack).toMatchObject({ type: "ack", seq: 1 });
  expect(await roomcast.rows("messages")).toMatchObject([{ id: ack.id, seq: 1 }]);
  // The bus begins a delivery before it answers `publish`, so by the ack an execution would have been asked for.
  expect(asked.map(({ permission }) => permission.action)).toContain("events:PutEvents");
  expect(asked.map(({ permission }) => permission.action)).not.toContain("states:StartExecution");
  expect(bob.unread).toEqual([]);
  expect(shown()).toContainEqual({
    from: "bus",
    message: "No rule of Roomcast-dev-bus matches a MessagePosted of roomcast: it goes nowhere.",
  });

  expect(await bob.ask({ message: "join", room: "attic" })).toMatchObject({ type: "joined" });
  expect(await bob.ask({ message: "ping" })).toMatchObject({ rooms: { lobby: { seq: 1 }, attic: { seq: 0 } } });
  expect(await bob.ask({ message: "leave", room: "lobby" })).toMatchObject({ type: "left" });
  await Promise.all([ann.close(), bob.close()]);
});

test("without the route join its frames come to $default, which says so to the client and to the log", async () => {
  await startWithout((template) => {
    const route = idOf(template, ({ Properties }) => Properties.RouteKey === "join");
    const response = idOf(template, ({ Properties }) => Properties.RouteId?.Ref === route);
    takeOut(template, route);
    takeOut(template, response);
  });
  const [ann, bob] = [await roomcast.connect({ room: "lobby" }), await roomcast.connect({ room: "lobby" })];
  expect(await ann.ask({ message: "join", room: "attic" })).toMatchObject({ type: "error", code: "UNKNOWN_ROUTE" });
  expect((await roomcast.rows("connections")).map(({ room }) => room)).toEqual(["lobby", "lobby"]);
  expect(shown()).toContainEqual({ from: "lambda/default", message: expect.stringContaining('no route "join"') });

  await ann.ask({ message: "publish", data: "still here" });
  expect(await bob.next({ type: "message" })).toMatchObject({ data: "still here" });
  await Promise.all([ann.close(), bob.close()]);
});

test("without a variable a function fails at every event, its client is told nothing of it, and the log names the variable", async () => {
  await startWithout(({ Resources }) => {
    for (const { Properties } of Object.values(Resources))
      if (Properties?.Handler === "publish.handler") delete Properties.Environment.Variables.ROOMS_TABLE;
  });
  const ann = await roomcast.connect({ room: "lobby" });
  ann.send({ message: "publish", data: "hello", ref: "1" });
  expect(await ann.next({ message: "Internal server error" })).toEqual({
    message: "Internal server error",
    connectionId: expect.any(String),
    requestId: expect.any(String),
  });
  const named = expect.stringContaining("The environment variable ROOMS_TABLE is not set.");
  expect(shown()).toContainEqual({ from: "lambda/publish", message: named });
  expect(await roomcast.rows("messages")).toEqual([]);

  expect(await ann.ask({ message: "join", room: "attic" })).toMatchObject({ type: "joined" });
  expect(await ann.ask({ message: "ping" })).toMatchObject({ rooms: { lobby: { seq: 0 }, attic: { seq: 0 } } });
  await ann.close();
});
