import { expect, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { type ConnectOptions, connect, type JoinOptions, type Message } from "../../client/index.ts";
import { manualClock } from "../support/manual-clock.ts";
import { scriptedServer } from "./scripted-server.ts";

/** A client on a clock that a test moves, closed when the test is over. Its random numbers are all one half. */
export const startClient = (endpoint: string, options: ConnectOptions = {}) => {
  const clock = manualClock();
  let slept = 0;
  const chat = connect(endpoint, {
    WebSocket,
    name: "ann",
    ...options,
    needs: {
      clock: { now: () => clock.now() + slept, after: clock.after },
      random: options.needs?.random ?? (() => 0.5),
    },
  });
  const states: string[] = [];
  chat.on("state", (now) => states.push(now.state === "connecting" ? `connecting in ${now.retryInMs}` : now.state));
  onTestFinished(() => chat.close());
  return {
    chat,
    clock,
    states,
    /** The machine sleeps: time passes, and its timers stand still. */
    sleeps: (ms: number) => {
      slept += ms;
    },
  };
};

/** Ann's client in the lobby of a server that a test directs. */
export const inLobby = async (options: ConnectOptions = {}, joining: JoinOptions = {}) => {
  const server = await scriptedServer();
  const client = startClient(server.endpoint, options);
  const lobby = client.chat.join("lobby", joining);
  const messages: Message[] = [];
  lobby.on("message", (message) => messages.push(message));
  await server.isAsked("join");
  /** Waits until the client has all that the server has sent it: frames keep their order, so one more tells. */
  const allHasCome = async () => {
    const typing = new Promise((resolve) => lobby.on("typing", resolve));
    server.send({ type: "typing", room: "lobby", from: { id: "guest-bob", name: "bob" } });
    await typing;
  };
  return {
    ...client,
    server,
    lobby,
    messages,
    /** What was said, as the application got it. */
    heard: () => messages.map(({ data }) => data),
    allHasCome,
    /** Waits until the room is joined and the ping behind that is answered. */
    settled: async () => {
      await expect.poll(() => lobby.state).toBe("joined");
      await client.clock.advance(5_000);
      await server.isAsked("ping");
      await allHasCome();
    },
  };
};
