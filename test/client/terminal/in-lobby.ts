import { type Effect, type Event, join, newSession, type Session } from "../../../client/terminal/session.ts";
import { step } from "../../../client/terminal/step.ts";

/** A session in `lobby` that things happen to, one second after the other unless it says otherwise. */
export const inLobby = ({ head = 0, epoch = "e1" } = {}) => {
  let now = 0;
  let [session]: readonly [Session, ...Effect[]] = join(newSession("ann", "r"), "lobby", now);
  const happens = (event: Event, afterMs = 1_000) => {
    now += afterMs;
    const [next, ...effects] = step(session, event, now);
    session = next;
    return effects.map(short);
  };
  const receives = (frame: object, afterMs?: number) =>
    happens({ type: "received", text: JSON.stringify(frame) }, afterMs);
  const joined = (more: object = {}) => receives({ type: "joined", room: "lobby", epoch, seq: head, ...more });
  const enters = () => [happens({ type: "opened" }), joined()];
  return {
    happens,
    receives,
    joined,
    enters,
    says: (line: string) => happens({ type: "typed", line }),
    ticks: (afterMs: number) => happens({ type: "ticked" }, afterMs),
    closes: () => happens({ type: "closed", why: "Cut", retryInMs: 500 }),
  };
};

/** `show` effects as their text, `send` effects as `→ join lobby r-0`. */
const short = (effect: Effect): string => {
  if (effect.type === "show") return effect.line.text;
  if (effect.type === "send") return ["→", ...Object.values(effect.frame)].join(" ");
  return effect.type === "quit" ? `quit ${effect.exitCode}` : effect.type;
};
