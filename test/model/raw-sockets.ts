import type { Author } from "../../functions/protocol/answers.ts";
import type { Roomcast } from "./roomcast.ts";

/** Somebody without a client: sends frames, joins rooms again when it is no member of them any more, and keeps nothing. */
export const connectRaw = (roomcast: Pick<Roomcast, "connect">, author: Author, rooms: readonly string[]) => {
  const join = () => {
    for (const room of rooms) send({ message: "join", room, ref: "join" });
  };
  const connect = () =>
    roomcast.connect(author, {
      opened: join,
      received: (text) => {
        if (JSON.parse(text).code === "NOT_A_MEMBER") join();
      },
      closed: () => {
        line = connect();
      },
    });
  const send = (frame: object) => line.send(JSON.stringify(frame));
  let line = connect();
  return { send };
};
