import { expect, test } from "vitest";
import { templateWith } from "./app-with.ts";

const archivesWith = (config?: Parameters<typeof templateWith>[0]) =>
  templateWith(config)
    .ofType("AWS::Events::Archive")
    .map(({ Properties }) => Properties);

test("posted messages are archived, and nothing else", () => {
  expect(archivesWith()).toMatchObject([
    {
      ArchiveName: "Roomcast-dev-messages",
      EventPattern: { source: ["roomcast"], "detail-type": ["MessagePosted"] },
    },
  ]);
});

test.each([
  [{}, [7]],
  [{ archiveDays: "30" }, [30]],
  // The text of messages is in it.
  [{ archiveDays: 30, retentionDays: 14 }, [14]],
  [{ archiveDays: 0 }, []],
])("with %j they are kept for %j days", (config, days) => {
  expect(archivesWith(config).map(({ RetentionDays }) => RetentionDays)).toEqual(days);
});
