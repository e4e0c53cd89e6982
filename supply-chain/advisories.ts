/**
 * `npm run advisories`: asks the registry for known weaknesses of the packages in the lock file, and fails for one that
 * `answers.ts` has no answer to.
 */
import { execFile } from "node:child_process";
import { ANSWERS } from "./answers.ts";
import { readAudit } from "./audit-report.ts";

/** `npm audit`; it ends with 1 both where it finds something and where it could not ask, so its output says which. */
const audit = () =>
  new Promise<string>((resolve, reject) => {
    const cwd = new URL("..", import.meta.url);
    execFile("npm", ["audit", "--json"], { cwd, maxBuffer: 2 ** 26 }, (error, stdout) => {
      if (stdout) resolve(stdout);
      else reject(error ?? new Error("npm audit said nothing."));
    });
  });

const write = (line: string) => process.stdout.write(`${line}\n`);

const { asked, unanswered, answered, stale } = readAudit(await audit(), ANSWERS);
if (!asked) write("Not checked: this registry has no advisories to give.");
else write(`${unanswered.length} findings without an answer, ${answered} with one.`);
for (const { name, severity, title, url } of unanswered) write(`  ${name}: ${severity}: ${title} (${url})`);
for (const { advisory, package: name } of stale)
  write(`  ${name}: ${advisory} is answered in supply-chain/answers.ts, and not found any more: take the answer out.`);
if (unanswered.length + stale.length > 0) process.exitCode = 1;
