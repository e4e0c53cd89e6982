import { expect, test } from "vitest";
import { createNamespace, getNamespace } from "../../../functions/runtime/process-context.ts";

test("a namespace is found by its name, and there is no other", () => {
  const made = createNamespace("found");
  expect(getNamespace("found")).toBe(made);
  expect(getNamespace("never made")).toBeUndefined();
});

test("what is set in the context that was entered is seen by everything that runs, whenever it began", async () => {
  const namespace = createNamespace("entered");
  const seenLater = Promise.resolve().then(() => namespace.get("segment"));
  namespace.enter(namespace.createContext());
  expect(namespace.set("segment", "facade")).toBe("facade");
  expect(await seenLater).toBe("facade");
});

test("a context begins with what was set before it, and leaves that as it was", () => {
  const namespace = createNamespace("inherited");
  const outer = namespace.createContext();
  namespace.enter(outer);
  namespace.set("segment", "outer");
  namespace.enter(namespace.createContext());
  expect(namespace.get("segment")).toBe("outer");
  namespace.set("segment", "inner");
  namespace.enter(outer);
  expect(namespace.get("segment")).toBe("outer");
});
