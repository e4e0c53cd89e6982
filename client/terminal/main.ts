/** `npm run chat`: a room in the terminal. */
import { randomBytes } from "node:crypto";
import { type Clock, connect } from "../index.ts";
import { guestSecret } from "./guest-secret.ts";
import { readOptions } from "./options.ts";
import { createScreen } from "./screen.ts";
import { explainedSockets } from "./sockets.ts";
import { createTalk } from "./talk.ts";

const newSecret = () => randomBytes(24).toString("base64url");

/** The machine's clock, for what need not happen any more when all else has ended. */
const clock: Clock = {
  now: Date.now,
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

const chat = async (args: readonly string[]): Promise<void> => {
  const { endpoint, room, name, client } = readOptions(args);
  // Not an option: others see the options of a process, and shells keep them.
  const token = process.env.ROOMCAST_TOKEN || undefined;
  const secret = token
    ? undefined
    : (client ?? (await guestSecret({ platform: process.platform, env: process.env, newSecret })));

  const sockets = explainedSockets({ endpoint, refused: (why) => talk.refused(why) });
  const connected = connect(endpoint, { name, secret, token, WebSocket: sockets.WebSocket });
  const talk = createTalk({
    chat: connected,
    name,
    clock,
    show: (line) => screen.show(line),
    why: sockets.why,
    end: async (exitCode) => {
      screen.close();
      await connected.close();
      process.exitCode = exitCode;
    },
  });
  const screen = createScreen({
    input: process.stdin,
    output: process.stdout,
    onLine: talk.typed,
    onEnd: talk.inputEnded,
    onInterrupt: talk.quit,
  });
  if (room) talk.join(room);
};

await chat(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
