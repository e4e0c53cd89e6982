import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { buildChatPage } from "../../../client/page/build.ts";

const files = await buildChatPage();
const text = (name: RegExp) => new TextDecoder().decode(files.find((file) => name.test(file.name))!.contents);

test("it is a page, a script and a style sheet, which the page names, and a page for where there is nothing", () => {
  expect(files.map(({ name }) => name.replace(/^main-\w+/, "main")).toSorted()).toEqual([
    "index.html",
    "main.css",
    "main.js",
    "not-found.html",
  ]);
  const html = text(/^index/);
  for (const { name } of files.filter(({ name }) => name.startsWith("main"))) expect(html).toContain(`"${name}"`);
});

test("it is under 60 KB in all, gzipped", () => {
  const sizes = files.map(({ contents }) => gzipSync(contents, { level: 9 }).length);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(60_000);
});

test("nothing stands in the page itself, and nothing comes from elsewhere", () => {
  expect(text(/^index/) + text(/^not-found/)).not.toMatch(
    /<script(?![^>]*\ssrc="main-)|<style|\sstyle=|\son\w+=|https?:/,
  );
  expect(text(/css$/)).not.toMatch(/@import|url\(/);
});
