import { expect, test } from "vitest";
import { createAppender } from "../../../local/journal/appender.ts";

/** A file in memory on a disk that is full at first for `fullFor` writes; what fits of a failed write stays, as on a real one. */
const file = ({ fullFor = 0, cutFails = false } = {}) => {
  const writes: string[] = [];
  let content = "";
  const handle = {
    appendFile: async (bytes: unknown) => {
      writes.push(String(bytes));
      content += fullFor > 0 ? String(bytes).slice(0, 1) : String(bytes);
      if (fullFor-- > 0) throw new Error("ENOSPC");
    },
    truncate: async (size = 0) => {
      if (cutFails) throw new Error("EIO");
      content = content.slice(0, size);
    },
    close: async () => undefined,
  };
  return { handle, writes, content: () => content };
};

const nothing = () => undefined;

test("texts that arrive during a write share the next one, in their order", async () => {
  const { handle, writes } = file();
  const appender = createAppender({ handle, size: 0 });
  const order: string[] = [];
  const first = appender.append("a", () => order.push("a"));
  await Promise.resolve();
  await Promise.all([first, ...["b", "c", "d"].map((text) => appender.append(text, () => order.push(text)))]);
  expect(writes).toEqual(["a", "bcd"]);
  expect(order).toEqual(["a", "b", "c", "d"]);
});

test("a failed write is an error to each of its callers and leaves nothing behind", async () => {
  const { handle, content } = file({ fullFor: 1 });
  const appender = createAppender({ handle, size: 0 });
  const failed = await Promise.allSettled(["first", "second"].map((text) => appender.append(text, nothing)));
  expect(failed.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  await appender.append("third", nothing);
  expect(content()).toBe("third");
});

test("nothing is written after a rest that can't be cut off", async () => {
  const { handle, writes } = file({ fullFor: 1, cutFails: true });
  const appender = createAppender({ handle, size: 0 });
  await expect(appender.append("first", nothing)).rejects.toThrow("ENOSPC");
  await expect(appender.append("second", nothing)).rejects.toThrow("EIO");
  expect(writes).toEqual(["first"]);
});
