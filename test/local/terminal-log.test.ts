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

test.each([
  ["U+2028, a line's end", "\u2028"],
  ["U+2029, a paragraph's end", "\u2029"],
  ["U+009B, a terminal's command", "\u009b"],
  ["a line feed", "\n"],
])("%s in a client's text stays within its line, and the text is what it was", (_what, character) => {
  const room = `lobby${character}31m{"level":"error"}`;
  const written: string[] = [];
  for (const logFor of [terminalLog, jsonLog])
    logFor((text) => void written.push(text), manualClock())({ ...entry, details: { room } });
  for (const line of written) expect(line.slice(0, -1)).not.toContain(character);
  expect(JSON.parse(written[1]!).details).toEqual({ room });
});
