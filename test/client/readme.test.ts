import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { scriptedServer } from "./scripted-server.ts";

const readme = await readFile(new URL("../../client/README.md", import.meta.url), "utf8");
const examples = [...readme.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = ""]) => code);
const client = new URL("../../client/index.ts", import.meta.url).href;

/** Runs an example as a program of its own, line by line as it stands, and gives what it prints. */
const run = async (code: string) => {
  const here = code.replace('"roomcast/client"', JSON.stringify(client));
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", here]);
  return stdout.trim().split("\n");
};

test("the first example of the client's page talks", async () => {
  const server = await scriptedServer();
  const running = run(examples[0]!.replace(/wss:[^"]*/, server.endpoint));
  await server.isAsked("publish");
  server.send(server.says({ text: "bye" }));
  expect((await running).toSorted()).toEqual([
    "1 I { text: 'hello' }",
    "2 bob { text: 'bye' }",
    "published as number 1",
  ]);
});

test("with the second example a reload goes on where it was, as the same guest", async () => {
  const server = await scriptedServer();
  for (const text of ["one", "two"]) server.says(text);
  const page = `
    import { connect } from "roomcast/client";
    const endpoint = ${JSON.stringify(server.endpoint)};
    const localStorage = { secret: "s".repeat(22), lobby: '{"epoch":"e1","seq":1}' };
    const show = ({ data }) => setTimeout(() => { console.log(data, localStorage.lobby); process.exit(); });`;
  expect(await run(page + examples[1])).toEqual(['two {"epoch":"e1","seq":2}']);
  expect(server.upgrades[0]?.protocols).toContain(`client.${"s".repeat(22)}`);
});
