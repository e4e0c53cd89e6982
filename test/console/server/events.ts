import { get } from "node:http";
import { createInterface } from "node:readline";

/** A stream of server-sent events that is being read. */
export interface EventStream {
  /** The next event of this name that is like this; those before it are passed over. */
  next(name: string, like?: (data: never) => boolean): Promise<never>;
  close(): void;
}

/** Reads a stream of server-sent events, as a browser's EventSource does. */
export const openEvents = async (url: string): Promise<EventStream> => {
  const request = get(url);
  const response = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    request.on("response", resolve).on("error", reject);
  });
  const lines = createInterface({ input: response })[Symbol.asyncIterator]();
  const read = async (): Promise<{ name: string; data: never }> => {
    for (let name = ""; ; ) {
      const { value: line, done } = await lines.next();
      if (done) throw new Error("The stream has ended.");
      if (line.startsWith("event: ")) name = line.slice("event: ".length);
      if (line.startsWith("data: ")) return { name, data: JSON.parse(line.slice("data: ".length)) as never };
    }
  };
  return {
    async next(name, like = () => true) {
      for (;;) {
        const event = await read();
        if (event.name === name && like(event.data)) return event.data;
      }
    },
    close: () => request.destroy(),
  };
};
