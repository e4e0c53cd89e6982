import type { Draw } from "./draw.ts";
import { hostileEvent } from "./events.ts";
import { hostileValue } from "./json.ts";
import { bytesOf, type HttpRequest, signed } from "./sign.ts";
import { hostOf, type OnTheLine, stagePath, type Target } from "./target.ts";

/** What only reads, or names what is not there: the fuzzer is to find defects, not to delete tables. */
const OPERATIONS = [
  ["dynamodb", "DynamoDB_20120810", ["GetItem", "Query", "Scan", "DescribeTable", "ListTables", "BatchGetItem"]],
  ["events", "AWSEvents", ["PutEvents", "DescribeRule", "ListRules"]],
  ["states", "AWSStepFunctions", ["DescribeStateMachine", "StartSyncExecution", "ListStateMachines"]],
  ["sqs", "AmazonSQS", ["SendMessage", "ReceiveMessage", "ListQueues"]],
  ["logs", "Logs_20140328", ["FilterLogEvents", "DescribeLogGroups", "GetLogEvents"]],
  ["monitoring", "GraniteServiceVersion20100801", ["GetMetricData", "ListMetrics", "DescribeAlarms"]],
] as const;

const NAMES = [
  "TableName",
  "Key",
  "Entries",
  "input",
  "QueueUrl",
  "logGroupName",
  "Limit",
  "__proto__",
  "Filter",
] as const;

/** A call of an AWS API: signed rightly, wrongly or not at all. */
export const awsCall = (draw: Draw, target: Target): OnTheLine => {
  const [service, prefix, actions] = draw.oneOf(OPERATIONS);
  const action = draw.chance(0.9) ? draw.oneOf(actions) : draw.oneOf(["", "__proto__", "toString", "Drop.Table", "é"]);
  const headers: [string, string][] = [
    ["host", hostOf(target)],
    ["connection", "close"],
    ["content-type", "application/x-amz-json-1.0"],
    [
      "x-amz-target",
      draw.chance(0.95) ? `${prefix}.${action}` : draw.oneOf(["", ".", "constructor.x", "x".repeat(9_000)]),
    ],
  ];
  const body = action === "PutEvents" && draw.chance(0.7) ? hostileEvent(draw) : bodyOf(draw);
  const request = { method: "POST", url: "/", headers, body: Buffer.from(body) };
  return { what: "an AWS API", bytes: bytesOf(signature(draw, request, service, target)) };
};

const bodyOf = (draw: Draw): string =>
  draw.oneOf<() => string>([
    () => hostileValue(draw),
    () => draw.bytes(draw.whole(0, 300)).toString("latin1"),
    () => `{${NAMES.filter(() => draw.chance(0.3)).map((name) => `"${name}":${hostileValue(draw)}`)}}`,
    () => `{"TableName":"Roomcast-dev-none","Key":${hostileValue(draw)}}`,
    () => "x".repeat(draw.oneOf([0, 1, 70_000, 1_100_000])),
  ])();

/** `@connections`, with ids that are none. */
export const managementCall = (draw: Draw, target: Target): OnTheLine => {
  const id = draw.oneOf([
    "abcdefghijklmno%3D",
    "abcdefghijklmno=",
    "%",
    "%ff%fe",
    "%00",
    "..%2f..",
    "a%2fb",
    "__proto__",
    "constructor",
    "x".repeat(5_000),
    "%F0%9F%92%A5",
    "",
    "*",
  ]);
  const path = draw.oneOf([
    `${stagePath(target)}/@connections/`,
    `${stagePath(target)}/%40connections/`,
    "/none/@connections/",
    "/__proto__/@connections/",
  ]);
  const request = {
    method: draw.oneOf(["POST", "GET", "DELETE", "PUT", "PATCH", "OPTIONS", "HEAD"]),
    url: `${path}${id}${draw.oneOf(["", "", "?", "?a=b&a=c", "?%ff", "/"])}`,
    headers: [["host", hostOf(target)] as const, ["connection", "close"] as const],
    body: draw.oneOf([Buffer.alloc(0), Buffer.from("{}"), draw.bytes(100), Buffer.alloc(131_073, 97)]),
  };
  return { what: "@connections", bytes: bytesOf(signature(draw, request, "execute-api", target)) };
};

/** Right for half of the calls: what is behind it is to be reached too. */
const signature = (draw: Draw, request: HttpRequest, service: string, { sdk }: Target): HttpRequest => {
  const right = () => signed(request, service, sdk, new Date());
  const withHeader = (name: string, change: (value: string) => string): HttpRequest => {
    const one = right();
    return { ...one, headers: one.headers.map(([known, value]) => [known, known === name ? change(value) : value]) };
  };
  if (draw.chance(0.5)) return right();
  return draw.oneOf<() => HttpRequest>([
    () => request,
    () => withHeader("authorization", (value) => value.slice(0, draw.whole(0, value.length))),
    () => withHeader("authorization", (value) => value.replace(/.$/, draw.oneOf(["0", "g", "é"]))),
    () => withHeader("authorization", (value) => value.replace("host;", "")),
    () => withHeader("authorization", () => `AWS4-HMAC-SHA256 ${draw.bytes(60).toString("hex")}`),
    () => withHeader("authorization", (value) => value.replace(/us-east-1|aws4_request/, draw.oneOf(["", "/", "x"]))),
    () => withHeader("x-amz-date", () => draw.oneOf(["", "now", "20200101T000000Z", "99999999T999999Z"])),
    () =>
      signed(request, draw.oneOf(["s3", "__proto__", "lambda", "xray", "execute-api", "dynamodb"]), sdk, new Date()),
    () => signed(request, service, sdk, new Date(Date.now() + draw.oneOf([-1, 1]) * 3_600_000)),
    () => ({
      ...right(),
      url: `${request.url}?X-Amz-Signature=${"0".repeat(64)}&X-Amz-Expires=${draw.oneOf(["", "-1", "1e9", "x"])}`,
    }),
    () => ({ ...right(), body: Buffer.from("another body") }),
    () => ({ ...right(), headers: [...right().headers, ["x-amz-security-token", "of nobody"]] }),
  ])();
};
