import { expect, test } from "vitest";
import { createTurns } from "../../../local/dynamodb/turns.ts";

/** Tasks that tell when they begin, and end when they are told to. */
const tasks = () => {
  const turns = createTurns();
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const take = (label: string, names: string[]) =>
    turns.take(names, () => {
      begun.push(label);
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      ends.set(label, (error) => (error ? reject(error) : resolve(label)));
      return promise;
    });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const end = async (label: string, error?: Error) => {
    ends.get(label)?.(error);
    await settle();
  };
  return { turns, begun, take, end, settle };
};

test("tasks with a name in common take turns in the order in which they came, others do not wait", async () => {
  const { begun, take, end, settle } = tasks();
  const all = [take("a", ["x"]), take("b", ["x", "y"]), take("c", ["y"]), take("d", ["z"])];
  await settle();
  expect(begun).toEqual(["a", "d"]);
  await end("a");
  expect(begun).toEqual(["a", "d", "b"]);
  await end("b");
  expect(begun).toEqual(["a", "d", "b", "c"]);
  await Promise.all([end("c"), end("d")]);
  expect(await Promise.all(all)).toEqual(["a", "b", "c", "d"]);
});

test("a task that fails fails for its caller only, and the next has its turn", async () => {
  const { begun, take, end, settle } = tasks();
  const failing = expect(take("a", ["x"])).rejects.toThrow("no");
  void take("b", ["x"]);
  await settle();
  await end("a", new Error("no"));
  await failing;
  expect(begun).toEqual(["a", "b"]);
});

test("all that was taken has ended when it says so", async () => {
  const { turns, take, end, settle } = tasks();
  let ended = false;
  await turns.ended();
  void take("a", ["x"]);
  void take("b", ["x"]);
  void turns.ended().then(() => {
    ended = true;
  });
  await settle();
  await end("a");
  expect(ended).toBe(false);
  await end("b");
  expect(ended).toBe(true);
});
