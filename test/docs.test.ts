import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { anchorsIn, proseOf } from "./support/markdown.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const pages = globSync("{*.md,client/README.md,docs/**/*.md}", { cwd: root });
const read = (page: string) => readFileSync(join(root, page), "utf8");
const prose = (page: string) => proseOf(read(page));

const links = pages.flatMap((page) =>
  [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => ({ page, target }))
    .filter(({ target }) => !/^[a-z]+:/.test(target)),
);

const leadsNowhere = ({ page, target }: { page: string; target: string }): boolean => {
  const [path = "", anchor] = target.split("#");
  const file = path === "" ? page : join(dirname(page), path);
  if (!existsSync(join(root, file))) return true;
  return anchor !== undefined && !anchorsIn(read(file)).includes(anchor);
};

test("every link from one page to another leads to a file, and to a heading in it", () => {
  expect(links.length).toBeGreaterThan(0);
  expect(links.filter(leadsNowhere)).toEqual([]);
});

test("every npm script that a page names is there", () => {
  const { scripts } = JSON.parse(read("package.json"));
  const named = pages.flatMap((page) =>
    [...read(page).matchAll(/npm (?:run (?:--\w+ )*(\w[\w:-]*)|(start|test)\b)/g)].map(([, run, short]) => ({
      page,
      script: run ?? short ?? "",
    })),
  );
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter(({ script }) => !Object.hasOwn(scripts, script))).toEqual([]);
});

test("every file of the project that a page names is there", () => {
  const folders = /^(?:infra|functions|statemachines|local|client|screenshots|bench|referees|test|docs)\/[\w./-]*$/;
  const named = pages.flatMap((page) =>
    [...read(page).matchAll(/`([^`\s]+)`/g)]
      .map(([, path = ""]) => ({ page, path }))
      .filter(({ path }) => folders.test(path)),
  );
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter(({ path }) => !existsSync(join(root, path)))).toEqual([]);
});

/** What both languages of a page have in common: its headings by level, its commands, and where it leads. */
const outline = (page: string) => {
  const [text, other] = [read(page), page === "README.md" ? "README.ja.md" : "README.md"];
  const images = [...text.matchAll(/(?:src|srcset)="([^"]*)"/g)].map(([, path = ""]) => path.replace("-ja.", "."));
  return {
    headings: [...proseOf(text).matchAll(/^#+/gm)].map(([level]) => level),
    // A comment is in the language of its page.
    commands: [...text.matchAll(/^```.*?^```/gms)].map(([code]) => code.replaceAll(/ +(?:#|\/\/) .*$/gm, "")),
    inText: [...new Set([...proseOf(text).matchAll(/`[^`]+`/g)].map(([code]) => code))].toSorted(),
    links: [...proseOf(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = ""]) => (to === other ? "the other" : to)),
    images,
    ticks: [...text.matchAll(/^\|.*/gm)].map(([row]) => row.replaceAll(/[^|✓–]/g, "")),
  };
};

test("the README in Japanese has the headings, the commands, the links and the tables of the one in English", () => {
  const english = outline("README.md");
  expect(english.commands.length).toBeGreaterThan(5);
  expect(outline("README.ja.md")).toEqual(english);
});

test("every picture of a page is there, and what it shows is said in words", () => {
  const pictures = pages.flatMap((page) =>
    [...prose(page).matchAll(/(?:!\[[^\]]*\]\(|src(?:set)?=")([^)"]+)/g)].map(([, path = ""]) => ({ page, path })),
  );
  expect(pictures.length).toBeGreaterThan(0);
  expect(pictures.filter(({ page, path }) => !existsSync(join(root, dirname(page), path)))).toEqual([]);
  expect(pages.filter((page) => /!\[\]|<img (?![^>]*alt="[^"])/.test(prose(page)))).toEqual([]);
});

test("every row of the table beside others leads to what it rests on", () => {
  const [, table = ""] = /^## Beside others\n(.*?)^## /ms.exec(read("README.md")) ?? [];
  const rows = [...table.matchAll(/^\| \[.*?\]\((.*?)\)/gm)].map(([, target = ""]) => target.split("#"));
  expect(rows.length).toBeGreaterThan(5);
  const sourced = read("docs/comparison.md")
    .split(/^(?=## )/m)
    .filter((section) => /\]\(https:/.test(section))
    .flatMap(anchorsIn);
  expect(rows.filter(([page, anchor = ""]) => page !== "docs/comparison.md" || !sourced.includes(anchor))).toEqual([]);
});
