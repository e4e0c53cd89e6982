import type { WebSocketLike } from "../../client/index.ts";
import type { Author } from "../../functions/protocol/answers.ts";
import type { Clock } from "../../local/clock.ts";
import type { Line } from "./gateway.ts";
import type { Roomcast } from "./roomcast.ts";
import type { Weather } from "./weather.ts";

export interface ComputerNeeds {
  readonly time: Clock;
  readonly weather: Weather;
  readonly connect: Roomcast["connect"];
}

const [CONNECTING, OPEN, CLOSING, CLOSED] = [0, 1, 2, 3];

/**
 * A computer with its clock and its WebSockets. While it sleeps nothing runs; then timers go on where they stood, as
 * those of a laptop do, although the time of day has gone on, and what has come meanwhile comes.
 */
export const createComputer = ({ time, connect }: ComputerNeeds, author: Author) => {
  let asleepSince: number | undefined;
  let slept = 0;
  let newest = "";
  const held: (() => void)[] = [];
  const sleptUntilNow = () => slept + (asleepSince === undefined ? 0 : time.now() - asleepSince);

  /** Now, or as soon as it is awake. */
  const whenAwake = (task: () => void) => {
    if (asleepSince === undefined) task();
    else held.push(task);
  };

  /** The time that its timers go by. */
  const uptime = () => time.now() - sleptUntilNow();

  const clock: Clock = {
    now: time.now,
    after: (ms, task) => {
      const due = uptime() + ms;
      let isCancelled = false;
      let cancel = () => {};
      const wait = (left: number) => {
        cancel = time.after(left, () =>
          whenAwake(() => {
            if (isCancelled) return;
            if (due > uptime()) wait(due - uptime());
            else task();
          }),
        );
      };
      wait(ms);
      return () => {
        isCancelled = true;
        cancel();
      };
    },
  };

  /** The platform's `WebSocket`. */
  const WebSocket = function (this: WebSocketLike & { readyState: number }) {
    this.readyState = CONNECTING!;
    const closed = () => {
      if (this.readyState === CLOSED) return;
      this.readyState = CLOSED!;
      this.onclose?.({ code: 1006, reason: "" } as never);
    };
    const line: Line = connect(author, {
      opened: () =>
        whenAwake(() => {
          if (this.readyState !== CONNECTING) return;
          this.readyState = OPEN!;
          this.onopen?.({} as never);
        }),
      received: (data) =>
        whenAwake(() => {
          if (this.readyState !== OPEN) return;
          newest = data;
          this.onmessage?.({ data } as never);
        }),
      closed: () => whenAwake(closed),
    });
    this.send = (text) => line.send(text);
    this.close = () => {
      this.readyState = CLOSING!;
      line.close();
    };
  };

  return {
    clock,
    WebSocket,
    /** The frame that came last. */
    get newest() {
      return newest;
    },
    sleep: () => {
      asleepSince ??= time.now();
    },
    wake: () => {
      slept = sleptUntilNow();
      asleepSince = undefined;
      for (const task of held.splice(0)) time.after(0, task);
    },
  };
};
