import { onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { type ConnectOptions, connect, type JoinOptions, type Message } from "../../client/index.ts";
import { manualClock } from "../support/manual-clock.ts";
import { scriptedServer } from "./scripted-server.ts";

/** A client on a clock that a test moves, closed when the test is over. Its random numbers are all one half. */
export const startClient = (endpoint: string, options: ConnectOptions = {}) => {
  const clock = manualClock();
  const chat = connect(endpoint, {
    WebSocket,
    name: "ann",
    ...options,
    needs: { clock, random: () => 0.5, ...options.needs },
  });
  const states: string[] = [];
  chat.on("state", (now) => states.push(now.state === "connecting" ? `connecting in ${now.retryInMs}` : now.state));
  onTestFinished(() => chat.close());
  return { chat, clock, states };
};

/** Ann's client in the lobby of a server that a test directs. */
export const inLobby = async (options: ConnectOptions = {}, joining: JoinOptions = {}) => {
  const server = await scriptedServer();
  const client = startClient(server.endpoint, options);
  const lobby = client.chat.join("lobby", joining);
  const messages: Message[] = [];
  lobby.on("message", (message) => messages.push(message));
  await server.isAsked("join");
  return {
    ...client,
    server,
    lobby,
    messages,
    /** What was said, as the application got it. */
    heard: () => messages.map(({ data }) => data),
  };
};
