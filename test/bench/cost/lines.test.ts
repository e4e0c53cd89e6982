import { expect, test } from "vitest";
import { billTable } from "../../../bench/cost/bill-table.ts";
import { headroom } from "../../../bench/cost/headroom.ts";
import { costLines } from "../../../bench/cost/lines.ts";
import { monthOf, type Workload } from "../../../bench/cost/month.ts";
import { rivalsTable } from "../../../bench/cost/rivals.ts";

const workload = (fields: Partial<Workload> = {}): Workload => ({
  members: 1_000,
  rooms: 10,
  messagesPerDay: 5_000,
  dataBytes: 256,
  pingSeconds: 120,
  ...fields,
});

const figure = (cell = "") => Number(cell.replaceAll(/[$,]/g, ""));

test("the lines of a bill sum to what it says without egress, and its columns to the last", () => {
  const [, ...rows] = billTable(monthOf(workload()));
  const end = rows.findIndex(([name]) => name === "without egress");
  const sum = rows.slice(0, end).reduce((total, row) => total + figure(row[3]), 0);
  expect(sum).toBeCloseTo(figure(rows[end]?.[3]), 0);
  for (const [, messages, connections, together] of rows)
    expect(Math.abs(figure(messages) + figure(connections) - figure(together))).toBeLessThan(0.02);
});

test("what is not used is in no line", () => {
  expect(billTable(monthOf(workload())).map(([name]) => name)).not.toContain("Standard transitions");
});

test("a bill says what it is for, and what a million deliveries come to", () => {
  const text = costLines(workload()).join("\n");
  expect(text).toContain("1,000 members, always there, in 10 rooms; 5,000 messages a day of 256 bytes");
  expect(text).toMatch(/A million deliveries: \$1\.\d\d; with the connections \$\d+\.\d\d; egress apart\./);
});

test.each<[string, Partial<Workload>, string[]]>([
  ["fits", {}, []],
  [
    "has more deliveries than the account has posts",
    { members: 100_000, messagesPerDay: 500_000 },
    ["Posts and frames: 58,704 a second, over the 10,000 of the account's quota", "Posts to one room: 5,786 a second"],
  ],
  [
    "pings more than the stage takes",
    { members: 300_000, rooms: 3_000 },
    ["Frames: 2,500 a second, over the 2,000 of the stage's framesPerSecond"],
  ],
  [
    "has one room of a million",
    { members: 1e6, rooms: 1, messagesPerDay: 1 },
    ["Frames: 8,333 a second", "Pings of one room: 8,333 a second, over the 3,000 of the reads of one item"],
  ],
  [
    "has more connections than are renewed in time",
    { members: 5e6, rooms: 1e5, messagesPerDay: 1, pingSeconds: 600 },
    ["Frames: 8,333 a second", "Connections renewed: 813 a second, over the 250"],
  ],
])("a workload that %s is told so", (_what, fields, expected) => {
  const [, ...warnings] = headroom(workload(fields));
  expect(warnings).toEqual(expected.map((start) => expect.stringContaining(start)));
});

test("a strategy that leaves members out has no price", async () => {
  const rows = await rivalsTable(1_000, 1.28);
  expect(rows[1]).toEqual(["roomcast", "$1.28", "0"]);
  expect(rows.find(([name]) => name === "Promise.all")).toEqual([
    "Promise.all",
    "-",
    expect.stringMatching(/^\d+ of 1,000$/),
  ]);
  expect(rows.find(([name]) => name === "paged Promise.all")?.[1]).toMatch(/^\$1\.0\d$/);
});
