/** `npm run chat`: a room in the terminal. */
import { randomBytes } from "node:crypto";
import { keepConnection } from "./connection.ts";
import { guestSecret } from "./guest-secret.ts";
import { readOptions } from "./options.ts";
import { createScreen } from "./screen.ts";
import { type Effect, type Event, join, newSession } from "./session.ts";
import { step } from "./step.ts";
import { quit } from "./typed.ts";

const newSecret = () => randomBytes(24).toString("base64url");

const chat = async (args: readonly string[]): Promise<void> => {
  const { endpoint, room, name, client } = readOptions(args);
  const secret = client ?? (await guestSecret({ platform: process.platform, env: process.env, newSecret }));
  if (name) endpoint.searchParams.set("name", name);

  let [session] = [newSession(name, randomBytes(9).toString("base64url"))];
  if (room) [session] = join(session, room.normalize("NFC"), Date.now());

  const happened = (event: Event) => apply(step(session, event, Date.now()));
  const apply = ([next, ...effects]: ReturnType<typeof step>) => {
    session = next;
    for (const effect of effects) perform(effect);
  };
  const perform = (effect: Effect) => {
    if (effect.type === "show") screen.show(effect.line);
    else if (effect.type === "send") connection.send(JSON.stringify(effect.frame));
    else if (effect.type === "reconnect") connection.reconnect();
    else void end(effect.exitCode);
  };
  const end = async (exitCode: number) => {
    clearInterval(ticking);
    screen.close();
    await connection.close();
    process.exitCode = exitCode;
  };

  const screen = createScreen({
    input: process.stdin,
    output: process.stdout,
    onLine: (line) => happened({ type: "typed", line }),
    onEnd: () => happened({ type: "inputEnded" }),
    onInterrupt: () => apply(quit(session)),
  });
  const ticking = setInterval(() => happened({ type: "ticked" }), 1_000);
  const connection = keepConnection({
    url: endpoint,
    // The secret is offered as a subprotocol, because addresses are written into logs.
    protocols: ["roomcast.v1", `client.${secret}`],
    after: (ms, task) => {
      const timer = setTimeout(task, ms);
      return () => clearTimeout(timer);
    },
    random: Math.random,
    on: happened,
  });
};

await chat(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
