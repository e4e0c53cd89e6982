import { expect, test } from "vitest";
import { judge, type Seen } from "../../bench/chaos/judge.ts";

/** Messages with these numbers, as somebody has seen them. */
const seen = (...seqs: number[]): Seen[] => seqs.map((seq) => ({ id: `id-${seq}`, seq, data: `message ${seq}` }));
const acked = new Set(["id-1", "id-2", "id-3"]);
const all = seen(1, 2, 3);

test("nothing is wrong where everybody has everything once and in order, unacked ones too", () => {
  expect(judge(acked, [all, seen(1, 2, 3, 4)], seen(1, 2, 3, 4))).toEqual({
    acked: 3,
    lost: 0,
    duplicated: 0,
    reordered: 0,
  });
});

test.each([
  ["lost by one of two members", [all, seen(1, 3)], all, { lost: 1 }],
  ["lost by both", [seen(1, 2), seen(2, 3)], all, { lost: 2 }],
  ["lost from the history", [all], seen(1, 2), { lost: 1 }],
  ["given twice", [seen(1, 2, 2, 3)], all, { duplicated: 1 }],
  ["given twice, later", [seen(1, 2, 3, 1)], all, { duplicated: 1, reordered: 1 }],
  ["out of order", [seen(1, 3, 2)], all, { reordered: 1 }],
  ["in the history under two numbers", [all], [...all, { ...seen(4)[0]!, data: "message 1" }], { duplicated: 1 }],
])("a message is %s", (_how, applications, history, wrong) => {
  expect(judge(acked, applications, history)).toEqual({ acked: 3, lost: 0, duplicated: 0, reordered: 0, ...wrong });
});

test("what only a client or only the observer saw acked counts", () => {
  expect(judge(new Set([...acked, "id-9"]), [all], all)).toMatchObject({ acked: 4, lost: 2 });
});
