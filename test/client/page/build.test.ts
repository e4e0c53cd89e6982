import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { buildChatPage } from "../../../client/page/build.ts";

const files = await buildChatPage();
const text = (name: RegExp) => new TextDecoder().decode(files.find((file) => name.test(file.name))!.contents);

test("it is a page, a script and a style sheet, which the page names", () => {
  expect(files.map(({ name }) => name.replace(/-\w+\./, ".")).toSorted()).toEqual([
    "index.html",
    "main.css",
    "main.js",
  ]);
  const html = text(/html$/);
  for (const { name } of files.slice(1)) expect(html).toContain(`"${name}"`);
});

test("it is under 60 KB in all, gzipped", () => {
  const sizes = files.map(({ contents }) => gzipSync(contents, { level: 9 }).length);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(60_000);
});

test("nothing stands in the page itself, and nothing comes from elsewhere", () => {
  expect(text(/html$/)).not.toMatch(/<script(?![^>]*\ssrc="main-)|<style|\sstyle=|\son\w+=|https?:/);
  expect(text(/css$/)).not.toMatch(/@import|url\(/);
});
