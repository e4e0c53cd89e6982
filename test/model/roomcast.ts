import { ulid } from "ulid";
import type { Delivery } from "../../functions/contracts/delivery.ts";
import { PUBLISH_TIMEOUT_SECONDS, SMALL_ROOM } from "../../functions/contracts/publishing.ts";
import { disconnect } from "../../functions/disconnect.ts";
import { history } from "../../functions/history.ts";
import { join } from "../../functions/join.ts";
import { leave } from "../../functions/leave.ts";
import { ping } from "../../functions/ping.ts";
import { post } from "../../functions/post.ts";
import type { Answer } from "../../functions/protocol/answers.ts";
import { roomBucket } from "../../functions/protocol/room-bucket.ts";
import { publish } from "../../functions/publish.ts";
import { answering, type Route } from "../../functions/runtime/route.ts";
import { sleep } from "../../local/clock.ts";
import { unheard } from "../support/frame.ts";
import { createFanOut } from "./fan-out.ts";
import { type Connection, createGateway } from "./gateway.ts";
import { type Call, createInvocations } from "./invocations.ts";
import { createTables } from "./tables.ts";
import type { VirtualTime } from "./virtual-time.ts";
import type { Weather } from "./weather.ts";

const TIMEOUT_MS = 10_000;
/** Few enough that a burst of messages is refused in between: five a second, and five more at once. */
const ROOM_LIMITS = { recipientsPerSecond: 5 * SMALL_ROOM, recipientsBurst: 5 * SMALL_ROOM, messagesPerSecond: 50 };

/** An answer, and when a route gave it. */
export interface Told {
  readonly at: number;
  readonly answer: Answer & { readonly ref?: string };
}

/** Roomcast in memory and in virtual time: its own handlers, in a world in which everything else is simulated. */
export const createRoomcast = (time: VirtualTime, weather: Weather) => {
  const told: Told[] = [];
  const announced = new Set<string>();
  const tables = createTables({
    now: time.now,
    newEpoch: () => ulid(time.now(), () => weather.between(0, 1, "epoch")),
    isStale: (key) => weather.strikes("stale", key),
    later: (key, bring) => {
      const lag = weather.strikes("indexLags", key) ? weather.between(100, 4_000, key) : weather.between(1, 20, key);
      time.after(lag, bring);
    },
    retentionDays: 30,
    bucket: roomBucket(ROOM_LIMITS),
  });
  const { invoke } = createInvocations(time, weather);
  const stirred = async () => {};
  const countOut = async () => {};

  const routes: Readonly<Record<string, (call: Call) => Route>> = {
    publish: (call) =>
      publish({
        ...tables.verbs(call),
        announce: (message) =>
          call("announce", () => {
            fanOut.put(message);
            announced.add(message.id);
          }),
        isTraced: () => true,
        metrics: () => ({}),
        newId: (now) => ulid(now, () => weather.between(0, 1, "id")),
        now: time.now,
      }),
    history: (call) => history({ ...tables.verbs(call), pause: (ms) => sleep(time, ms) }),
    join: (call) => join({ ...tables.verbs(call), stirred }),
    leave: (call) => leave({ ...tables.verbs(call), stirred }),
    ping: (call) => ping(tables.verbs(call)),
  };

  /** A route's Lambda, invoked by API Gateway. */
  const route = async ({ connectionId, connectedAt, author }: Connection, text: string): Promise<string> => {
    const { message } = JSON.parse(text);
    const requestContext = { connectionId, connectedAt, authorizer: { principalId: author.id, name: author.name } };
    const invocation = {
      name: `${author.name} ${message}`,
      timeoutMs: message === "publish" ? PUBLISH_TIMEOUT_SECONDS * 1_000 : TIMEOUT_MS,
    };
    const { body } = (await invoke(invocation, (call) =>
      answering(routes[message]!(call), {
        counted: () => ({}),
        admit: () => ({ fate: "taken" }),
        requestDisconnect: async () => {},
        now: time.now,
      })({ body: text, requestContext } as never, unheard),
    )) as { body: string };
    told.push({ at: time.now(), answer: JSON.parse(body) });
    return body;
  };

  const gateway = createGateway({
    time,
    weather,
    route,
    disconnected: ({ connectionId, author }) => {
      const event = { requestContext: { connectionId, authorizer: { principalId: author.id } } } as never;
      const invocation = { name: `${author.name} disconnect`, timeoutMs: TIMEOUT_MS };
      const run = (call: Call) => disconnect({ ...tables.verbs(call), countOut, stirred })(event, unheard);
      void invoke(invocation, run).catch(() => {});
    },
  });

  const fanOut = createFanOut({
    time,
    weather,
    listed: tables.listed,
    post: (delivery: Delivery) =>
      invoke({ name: `${delivery.connectionId} post`, timeoutMs: TIMEOUT_MS }, (call) =>
        post({
          ...tables.verbs(call),
          postToConnection: (connectionId, text) => call("post", () => gateway.post(connectionId, text)),
          countOut,
          stirred,
          requestDisconnect: async () => {},
          now: time.now,
        })(delivery, unheard),
      ),
  });

  return {
    connect: gateway.connect,
    cut: gateway.cut,
    kill: gateway.kill,
    messagesOf: tables.messagesOf,
    /** Every answer that a route has given, whether it arrived or not. */
    told: told as readonly Told[],
    /** The ids of the messages that the bus has taken. */
    announced: announced as ReadonlySet<string>,
  };
};

export type Roomcast = ReturnType<typeof createRoomcast>;
