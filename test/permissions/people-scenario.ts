import { withQueueOf } from "../support/receipts.ts";
import type { Template } from "../support/roomcast.ts";
import { floodEnds } from "./flood.ts";
import type { operatorOf } from "./operator.ts";
import { withoutPresence } from "./presence-scenario.ts";
import type { notedSteps, Roomcast } from "./steps.ts";

/** A frame to each function of a route. */
const FRAMES = [
  { message: "dance" },
  { message: "join" },
  { message: "leave" },
  { message: "publish", data: 1 },
  { message: "history", after: 0 },
  { message: "members" },
  { message: "typing" },
  { message: "ping" },
] as const;
const floodOf = (message: string) => `a flood of ${message} frames`;

/** What is seen of it when nothing is missing. */
export const PEOPLE_ARE_WELL = [
  ["connect to send too much", "open"],
  ...FRAMES.map(({ message }) => [floodOf(message), "ended"] as const),
  ["connect with a token", "open"],
  ["connect to speak to its bearer", "open"],
  ["a post after the token has expired", "ended"],
  ["one connection too many", "refused: HTTP 429"],
  ["a kick", "ended"],
  ["who is kicked and connects again", "refused: HTTP 403"],
  ["a kick on the bus", "put"],
  ["a wrong request to kick", "refused"],
] as const;

const ROOM = "people";
/** As many as one connection sends in the other steps. */
const BURST = 5;
const CONNECTIONS = 2;

/** A template in which floods and crowds are small. */
export const forPeople = (template: Template): void => {
  for (const name of ["Kicked", "KickRefused"]) withQueueOf(name, template, name.toLowerCase());
  for (const { Properties } of Object.values(template.Resources)) {
    const variables = Properties.Environment?.Variables;
    if (variables?.CONNECTION_FRAMES_BURST) {
      variables.CONNECTION_FRAMES_BURST = String(BURST);
      variables.CONNECTION_FRAMES_PER_SECOND = "1";
    }
    if (variables?.CONNECTIONS_PER_IDENTITY) variables.CONNECTIONS_PER_IDENTITY = String(CONNECTIONS);
  }
};

type Steps = ReturnType<typeof notedSteps>;
type Operator = ReturnType<typeof operatorOf>;

/** Plays who sends too many frames, whose token has expired, who has too many connections, and who is kicked. */
export const playPeople = async (steps: Steps, roomcast: Roomcast, operator: Operator): Promise<void> => {
  const first = await steps.connect("connect to send too much");
  if (!first) return;
  await first.close();
  // Presence would find whose token has expired before a message does.
  await roomcast.putRows("presence", withoutPresence(ROOM));
  await Promise.all(
    FRAMES.map(async (frame) => {
      const ended = await floodEnds(steps, await roomcast.connect(), { ...frame, room: ROOM });
      steps.note(floodOf(frame.message), ended ? "ended" : "stays");
    }),
  );
  await expiredToken(steps, roomcast);
  await kicked(steps, roomcast, operator);
};

const expiredToken = async ({ connect, note, until }: Steps, roomcast: Roomcast) => {
  const bearer = await connect("connect with a token", { room: ROOM, name: "bearer" });
  if (!bearer) return;
  const row = (await roomcast.rows("connections")).find(({ name }) => name === "bearer");
  await roomcast.putRows("connections", { ...row, validUntil: 1 });
  const speaker = await connect("connect to speak to its bearer", { room: ROOM });
  if (!speaker) return;
  speaker.send({ message: "publish", room: ROOM, data: 1 });
  const { socket } = bearer;
  const ended = await until(() => socket.readyState === socket.CLOSED);
  note("a post after the token has expired", ended ? "ended" : "stays");
  await speaker.close();
};

const kicked = async ({ connect, note, until }: Steps, roomcast: Roomcast, operator: Operator) => {
  const client = "a secret of one person's";
  const before = new Set((await roomcast.rows("people")).map(({ identity }) => identity));
  const devices = await Promise.all(Array.from({ length: CONNECTIONS }, () => roomcast.connect({ client })));
  const identity = (await roomcast.rows("people")).find((row) => !before.has(row.identity))?.identity;
  await connect("one connection too many", { client });
  const request = (seconds: number) =>
    operator.putEvent(roomcast.outputs.EventBusName!, "KickRequested", { identity, seconds });
  await request(600);
  const ended = await until(() => devices.every(({ socket }) => socket.readyState === socket.CLOSED));
  note("a kick", ended ? "ended" : "stays");
  await connect("who is kicked and connects again", { client });
  const told = await operator.receive(`${roomcast.origin}/000000000000/kicked`);
  note("a kick on the bus", told ? "put" : "not put");
  await request(-1);
  const refused = await operator.receive(`${roomcast.origin}/000000000000/kickrefused`);
  note("a wrong request to kick", refused ? "refused" : "not answered");
};
