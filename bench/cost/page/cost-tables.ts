import { type Bill, billOf, type Line, priceOf } from "../../model/prices.ts";
import { scale } from "../../model/usage.ts";
import { connectionUsage } from "../connections.ts";
import { LOG_BYTES } from "../deployment.ts";
import { dollars } from "../dollars.ts";
import { messageUsage } from "../month.ts";
import { newsUsage } from "../presence.ts";
import { receiptUsage } from "../receipts.ts";
import { tracedMessages } from "../tracing.ts";

/** The rooms of the tables, by the connections in them. */
export const SIZES = [2, 5, 10, 50, 100, 1_000, 10_000, 100_000];
const DATA_BYTES = 256;
/** Lambda's rate where more than a few requests come in a second. */
const SAMPLED = 0.05;

const count = (value: number) => value.toLocaleString("en-US");
const sumOf = (bill: Bill, lines: readonly Line[]) => lines.reduce((sum, line) => sum + bill[line], 0);

/** What so many deliveries use in rooms of that size, with the messages that they are of. */
export const millionIn = (members: number) => scale(messageUsage(members, DATA_BYTES, SAMPLED), 1e6 / (members - 1));

const GROUPS: Readonly<Record<string, readonly Line[]>> = {
  "WebSocket messages": ["WebSocket messages"],
  Lambda: ["Lambda requests", "Lambda GB-seconds"],
  "Step Functions": ["Express requests", "Express GB-seconds"],
  events: ["events"],
  DynamoDB: ["DynamoDB writes", "DynamoDB reads"],
  "logs, traces": ["logs", "X-Ray"],
};

/** What a million deliveries cost by the room's size, and the million messages that they would be. */
export const byRoom = (): string[][] => [
  ["connections in the room", ...Object.keys(GROUPS), "a million deliveries", "their egress", "a million messages"],
  ...SIZES.map((members) => {
    const million = millionIn(members);
    const bill = billOf(million);
    const price = priceOf(million);
    return [
      count(members),
      ...Object.values(GROUPS).map((lines) => dollars(sumOf(bill, lines))),
      `**${dollars(price)}**`,
      dollars(bill.egress),
      dollars(price * (members - 1)),
    ];
  }),
];

/** What a million messages would cost less without something. */
export const bySaving = (): string[][] => [
  ["without", "a million messages cost less by"],
  ...Object.entries({
    "the receipt, `MessageDelivered`": { customEvents: 1 },
    "the `ref`, which makes a repeated publish one message": { dynamoDbReadUnits: 0.5, dynamoDbWriteUnits: 1 },
    "the row in `messages`, and with it any history": { dynamoDbWriteUnits: 1 },
    "the metrics of its receipt: the function `receipts` and its line": receiptUsage,
    "the line in the log of `publish`": { logBytes: LOG_BYTES.publish },
    traces: { tracesRecorded: tracedMessages(SAMPLED) },
  }).map(([what, usage]) => [what, dollars(priceOf(scale(usage, 1e6)))]),
];

/** What a thousand silent connections cost in a month, by how often they ping and by the size of their rooms. */
export const byPing = (): string[][] => [
  ["a ping every", "in large rooms", "in rooms of 10"],
  ...[30, 60, 120, 300, 590].map((pingSeconds) => [
    `${pingSeconds} s`,
    ...[1_000, 10].map((roomMembers) =>
      dollars(1_000 * priceOf(connectionUsage({ roomMembers, pingSeconds }, SAMPLED))),
    ),
  ]),
];

/** What it costs that a room is told of those who joined in one second. */
export const byNews = (): string[][] => [
  ["connections in the room", "a join", "a million joins"],
  ...[2, 10, 50, 100].map((connections) => {
    const price = priceOf(newsUsage(connections, SAMPLED));
    return [count(connections), dollars(price), dollars(price * 1e6)];
  }),
];
