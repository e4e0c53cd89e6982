import { expect, test } from "vitest";
import { segmentKind, segmentName } from "../../../../console/page/message/segment-name.ts";

test.each([
  ["Roomcast-dev-functionspost38BFDA37", "post"],
  ["Roomcast-dev-eu-fanoutroomfanout45E35E62", "fanoutroomfanout"],
  ["## Roomcast-dev-functionspost38BFDA37", "post, its handler"],
  ["Roomcast-dev-room-fanout", "Roomcast-dev-room-fanout"],
  ["Query a page", "Query a page"],
])("%s is read as %s", (name, read) => {
  expect(segmentName(name)).toBe(read);
});

test("a segment's kind is its origin, and what is within one has none", () => {
  expect([segmentKind("AWS::Lambda::Function"), segmentKind("aws"), segmentKind(undefined)]).toEqual([
    ...["Lambda Function", "", ""],
  ]);
});
