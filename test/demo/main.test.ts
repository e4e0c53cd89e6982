import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import type { MessageStory } from "../../console/contract.ts";

const program = fileURLToPath(new URL("../../demo/main.ts", import.meta.url));

test("the demo says where the console is, finds a message to look at, and ends with Ctrl-C", {
  timeout: 300_000,
}, async () => {
  const child = spawn(process.execPath, [program], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  // Ended already, unless the test has failed: then the runtime behind it ends by this.
  onTestFinished(() => void child.kill());
  const said: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    said.push(line);
    if (line === "Ctrl-C ends it.") break;
  }
  const text = said.join("\n");
  const [, origin] = /Console +(http:\/\/127\.0\.0\.1:\d+)\/console$/m.exec(text)!;
  expect(text).toContain(`  Page     ${origin}/#/room/lobby\n`);
  const [, id] = /Message +([0-9A-Z]{26})$/m.exec(text)!;
  expect(text).toMatch(/In .+ \d+ posts? w(as|ere) throttled and tried again: \d+ of \d+ had it after [\d.]+ s\./);
  expect(text).toContain(`${origin}/console/messages/${id}\n`);

  const page = await fetch(`${origin}/console/messages/${id}`);
  expect([page.status, page.headers.get("content-type")]).toEqual([200, expect.stringContaining("text/html")]);
  const answer = await fetch(`${origin}/console/api/messages/${id}`);
  const { summary, recipients, trace } = (await answer.json()) as MessageStory;
  expect(summary).toMatchObject({ id, state: "delivered" });
  expect(recipients.length).toBeGreaterThan(50);
  expect(trace?.segments.length).toBeGreaterThan(1);

  child.kill("SIGINT");
  expect(await ended).toEqual([0, null]);
  await expect(fetch(`${origin}/healthz`)).rejects.toThrow();
});
