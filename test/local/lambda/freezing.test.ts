import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { lambdaFunction, runFunctions } from "../../support/functions.ts";

/** Functions of these bodies, each by its name. */
const withBodies = (bodies: Record<string, string>) => {
  const names = Object.keys(bodies);
  const files = names.map((name) => [`${name}.mjs`, `export const handler = async (event) => { ${bodies[name]} };`]);
  const running = runFunctions(
    Object.fromEntries(files),
    names.map((name) => lambdaFunction(name)),
  );
  onTestFinished(running.end);
  return running;
};

/** Lets a timer that is set now, and is longer than those of the function under test, run out elsewhere. */
const LATER = "await new Promise((done) => setTimeout(done, 50));";

test.each([
  ["a timer", "setTimeout(() => console.log('late'), 1)"],
  ["a promise", "(async () => { await new Promise((done) => setTimeout(done, 1)); console.log('late'); })()"],
  ["a file that is being written", "(await import('node:fs')).writeFile('/dev/null', '', () => console.log('late'))"],
])("%s that a handler leaves behind stands still until the next invocation", async (_what, leave) => {
  const { call, written } = withBodies({ f: `if (event.leave) { ${leave} } else { ${LATER} }`, other: LATER });
  await call("f", { leave: true });
  await call("other");
  expect(written()).toEqual([]);
  await call("f");
  expect(written()).toEqual([expect.stringContaining("late")]);
});

test("a failed invocation leaves its environment as still as one that answered", async () => {
  const { call, written } = withBodies({
    f: "if (event.ok) return; setTimeout(() => console.log('late'), 1); throw new Error('no')",
    other: LATER,
  });
  await call("f");
  await call("other");
  expect(written()).toEqual([]);
  await call("f", { ok: true });
  expect(written()).toEqual([expect.stringContaining("late")]);
});

test("a module's own timers stand still between loading and the first invocation", async () => {
  const late = "setTimeout(() => console.log('late'), 1); export const handler = async () => {}";
  const other = `export const handler = async () => { ${LATER} }`;
  const { call, warm, written, end } = runFunctions({ "f.mjs": late, "other.mjs": other }, [
    lambdaFunction("f"),
    lambdaFunction("other"),
  ]);
  onTestFinished(end);
  await warm();
  await call("other");
  expect(written()).toEqual([]);
  await call("f");
  expect(written()).toEqual([expect.stringContaining("late")]);
});

test("what was left behind and then throws fails the next invocation, and the one after is served", async () => {
  const { call } = withBodies({
    f: "if (event.leave) setTimeout(() => { throw new Error('left behind') }, 1)",
    other: LATER,
  });
  await call("f", { leave: true });
  await call("other");
  expect(await call("f")).toMatchObject({ functionError: "Unhandled", answer: { errorMessage: "left behind" } });
  expect(await call("f")).toMatchObject({ answer: null });
});

test("a datagram sent in the last moment is sent, as the X-Ray SDK does it", async () => {
  const daemon = createSocket("udp4").bind(0, "127.0.0.1");
  onTestFinished(() => void daemon.close());
  await once(daemon, "listening");
  const { call } = withBodies({
    f: `const { createSocket } = await import("node:dgram");
        createSocket("udp4").send("a segment", ${daemon.address().port}, "127.0.0.1");`,
  });
  const arrived = once(daemon, "message");
  await call("f");
  expect(String((await arrived)[0])).toBe("a segment");
});

test("a kept connection that its server closed meanwhile does not break the next call", async () => {
  const server = createServer((_request, response) => response.end("ok")).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { call } = withBodies({
    f: `const { Agent, get } = await import("node:http");
        globalThis.agent ??= new Agent({ keepAlive: true });
        const response = await new Promise((done, fail) =>
          get({ agent, host: "127.0.0.1", port: ${(server.address() as AddressInfo).port} }, done).on("error", fail));
        const { localPort } = response.socket;
        let body = "";
        for await (const chunk of response) body += chunk;
        return body + ", port " + localPort;`,
  });
  const answers = new Set<string>();
  for (let round = 0; round < 5; round++) {
    const accepted = once(server, "connection");
    const { functionError, answer } = await call("f");
    expect({ functionError, answer }).toMatchObject({ answer: expect.stringMatching(/^ok, port \d+$/) });
    answers.add(answer);
    const [connection] = await accepted;
    const closed = once(connection, "close");
    server.closeIdleConnections();
    await closed;
  }
  expect(answers.size).toBe(5);
});
