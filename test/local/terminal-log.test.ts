import { expect, test } from "vitest";
import { AwsError } from "../../local/aws/error.ts";
import { jsonLog, terminalLog } from "../../local/terminal-log.ts";
import { manualClock } from "../support/manual-clock.ts";

const entry = {
  level: "warn",
  from: "bus",
  message: "An event is lost.",
  details: { eventId: "event-1", error: new AwsError("AccessDeniedException", "No policy allows it") },
} as const;

test.each([
  ["a person", terminalLog],
  ["a machine", jsonLog],
])("an error among the details is shown to %s by its name and message", (_who, logFor) => {
  let written = "";
  logFor((text) => {
    written += text;
  }, manualClock())(entry);
  expect(written).toContain("AccessDeniedException: No policy allows it");
  expect(written).toContain("event-1");
});
