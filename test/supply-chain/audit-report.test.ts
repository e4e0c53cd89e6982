import { expect, test } from "vitest";
import { readAudit } from "../../supply-chain/audit-report.ts";

const finding = (name: string, id: string) => ({
  name,
  title: `${name} does harm`,
  severity: "high",
  url: `https://github.com/advisories/${id}`,
});

/** What npm prints, by the packages that are affected, and why. */
const printed = (vulnerabilities: Record<string, (string | object)[]>) =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: Object.fromEntries(
      Object.entries(vulnerabilities).map(([name, via]) => [name, { name, severity: "high", via, fixAvailable: true }]),
    ),
  });

const answer = { advisory: "GHSA-1", package: "old", reason: "only used by the tests" };

test("a finding is one, however many packages come to have it by another", () => {
  const report = printed({ old: [finding("old", "GHSA-1")], parent: ["old"], grandparent: ["parent"] });
  expect(readAudit(report, [])).toEqual({
    asked: true,
    unanswered: [finding("old", "GHSA-1")],
    answered: 0,
    stale: [],
  });
});

test("an answer is to one advisory of one package", () => {
  const others = [finding("old", "GHSA-2"), finding("other", "GHSA-1")];
  const report = printed({ old: [finding("old", "GHSA-1"), others[0]!], other: [others[1]!] });
  expect(readAudit(report, [answer])).toEqual({ asked: true, unanswered: others, answered: 1, stale: [] });
});

test("an answer to what is not found any more is stale", () => {
  expect(readAudit(printed({}), [answer])).toEqual({ asked: true, unanswered: [], answered: 0, stale: [answer] });
});

test.each([404, 405, 501])("a registry that answers %d has no advisories to give", (statusCode) => {
  const nothing = { asked: false, unanswered: [], answered: 0, stale: [] };
  expect(readAudit(JSON.stringify({ message: "Not Allowed", statusCode, body: "" }), [answer])).toEqual(nothing);
});

test.each([
  [{ message: "503 Service Unavailable", statusCode: 503 }, "503 Service Unavailable"],
  [{ message: "getaddrinfo ENOTFOUND" }, "getaddrinfo ENOTFOUND"],
  [{ error: { code: "ENOLOCK" } }, "ENOLOCK"],
])("a registry that could not be asked is no registry without findings: %j", (failure, says) => {
  expect(() => readAudit(JSON.stringify(failure), [])).toThrow(says);
});
