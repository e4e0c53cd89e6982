import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { anchorsIn, proseOf } from "./support/markdown.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const pages = globSync("{*.md,docs/**/*.md}", { cwd: root });
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
  const folders = /^(?:infra|functions|statemachines|local|client|bench|referees|test|docs)\/[\w./-]*$/;
  const named = pages.flatMap((page) =>
    [...read(page).matchAll(/`([^`\s]+)`/g)]
      .map(([, path = ""]) => ({ page, path }))
      .filter(({ path }) => folders.test(path)),
  );
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter(({ path }) => !existsSync(join(root, path)))).toEqual([]);
});
