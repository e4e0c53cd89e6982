import { AwsSolutionsChecks, type NagPack, ServerlessChecks } from "cdk-nag";
import { expect, test } from "vitest";
import { appWith } from "./app-with.ts";
import { chatPageReasons } from "./chat-page-nag-reasons.ts";
import { CONFIGURED } from "./configured.ts";
import { type Reason, reasons, withAccessLogs } from "./nag-reasons.ts";

/** What the rules for AWS solutions, and those for serverless ones, find: `finding on resource`, sorted. */
const findingsOf = ({ app, stack }: ReturnType<typeof appWith>): string[] => {
  app.synth();
  const packs: NagPack[] = [new AwsSolutionsChecks(app), new ServerlessChecks(app)];
  const violations = packs.flatMap((pack) => pack.validateScope(app).violations);
  return violations
    .flatMap(({ ruleName, description, violatingResources }) => {
      // A rule that could not look is no finding to give a reason for.
      if (description.startsWith("Rule threw")) throw new Error(`${ruleName}: ${description}`);
      return violatingResources.map(({ constructPath = "" }) =>
        lineOf(ruleName, constructPath.slice(stack.node.path.length + 1)),
      );
    })
    .sort();
};

const lineOf = (finding: string, resource: string) => `${finding} on ${resource}`;
const linesOf = (known: readonly Reason[]) =>
  known.flatMap(({ finding, on }) => on.map((each) => lineOf(finding, each)));

test("cdk-nag finds in the stack what there are reasons for, and there are no other reasons", () => {
  expect(findingsOf(appWith())).toEqual(linesOf([...reasons, ...chatPageReasons]).sort());
});

test("with access logs and the account's role for them too", () => {
  expect(findingsOf(appWith({ accessLogs: "create-account-role" }))).toEqual(
    linesOf([...withAccessLogs, ...chatPageReasons]).sort(),
  );
});

test("without the chat page there is nothing of it to be found", () => {
  expect(findingsOf(appWith({ chatPage: "false" }))).toEqual(linesOf(reasons).sort());
});

test("with tokens, a domain and a key of one's own too, and they bring no finding of their own", () => {
  const found = findingsOf(appWith({ ...CONFIGURED, stage: "dev" }));
  expect(found).toEqual(linesOf(reasons).sort());
});
