import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scriptedServer } from "./scripted-server.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));

/** A folder in which the packed client is installed, and nothing else. */
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "roomcast-consumer-"));
  const installed = join(folder, "node_modules", "roomcast");
  await mkdir(installed, { recursive: true });
  await run("npm", ["run", "build:client"], { cwd: root });
  const { stdout } = await run("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder], {
    cwd: root,
  });
  const [{ filename }] = JSON.parse(stdout);
  await run("tar", ["-xzf", join(folder, filename), "-C", installed, "--strip-components=1"]);
  await writeFile(join(folder, "package.json"), '{"type":"module"}');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const bundled = async (source: string) => {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: folder },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    logLevel: "silent",
    write: false,
  });
  return Buffer.from(outputFiles[0]!.contents);
};

test("the whole client is under 6 KB in a page, gzipped", async () => {
  const all = await bundled('export * from "roomcast/client";');
  expect(gzipSync(all, { level: 9 }).length).toBeLessThan(6_000);
});

test("a page that takes the error only gets little else", async () => {
  const some = await bundled('import { RoomcastError } from "roomcast/client"; globalThis.E = RoomcastError;');
  expect(some.length).toBeLessThan(400);
  expect(await bundled('import "roomcast/client";')).toHaveLength(0);
});

test("it depends on nothing", async () => {
  const { metafile } = await build({
    entryPoints: [join(root, "client/index.ts")],
    bundle: true,
    packages: "external",
    write: false,
    metafile: true,
    format: "esm",
  });
  const imports = Object.values(metafile.inputs).flatMap(({ imports }) => imports);
  expect(imports.filter(({ external }) => external)).toEqual([]);
  expect(Object.keys(metafile.inputs).filter((file) => !/(^|\/)client\/[\w-]+\.ts$/.test(file))).toEqual([]);
});

test("Node imports it", async () => {
  const { stdout } = await run(
    process.execPath,
    ["-e", 'import("roomcast/client").then((client) => console.log(Object.keys(client).sort().join()))'],
    { cwd: folder },
  );
  expect(stdout.trim()).toBe("RoomcastError,connect");
});

test("Node ends when the client is closed: no timer is left", async () => {
  const server = await scriptedServer();
  const talk = `
    const { connect } = await import("roomcast/client");
    const chat = connect("${server.endpoint}");
    await chat.join("lobby").publish("hello");
    await chat.close();
    console.log(process.getActiveResourcesInfo().filter((what) => what === "Timeout"));`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", talk], { cwd: folder, timeout: 20_000 });
  expect(stdout.trim()).toBe("[]");
});

test.each([
  ["a browser's", { lib: ["es2024", "dom"], types: [] }],
  ["Node's", { lib: ["es2024"], types: ["node"], typeRoots: [join(root, "node_modules/@types")] }],
])("TypeScript knows what it gives with %s types, and needs nothing else for it", async (_whose, platform) => {
  const consumer = `
    import { connect, type Message, type Position, RoomcastError } from "roomcast/client";
    const chat = connect("wss://example.org/prod", { name: "ann", WebSocket: globalThis.WebSocket });
    const lobby = chat.join("lobby", { after: { epoch: "e", seq: 1 } });
    export const stop: () => void = lobby.on("missed", ({ from, to, reason }) => console.log(from + to, reason));
    export const all = async (): Promise<Message[]> => {
      const messages: Message[] = [];
      for await (const message of lobby) messages.push(message);
      return messages;
    };
    export const sent: Promise<{ id: string; seq: number }> = lobby.publish({ text: "hello" });
    export const position: Position | undefined = lobby.position;
    // @ts-expect-error there is no such event
    lobby.on("mesage", () => {});
    sent.catch((error) => error instanceof RoomcastError && error.code);
  `;
  await writeFile(join(folder, "consumer.ts"), consumer);
  const compilerOptions = { ...platform, strict: true, module: "nodenext", target: "es2022", noEmit: true };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["consumer.ts"] }));
  await run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", folder]);
});
