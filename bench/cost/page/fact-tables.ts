import { LATENCIES } from "../../model/figures.ts";
import { LINES, PRICES } from "../../model/prices.ts";
import type { Usage } from "../../model/usage.ts";

const WHAT: Readonly<Record<keyof Usage, string>> = {
  webSocketMessages: "a million messages of up to 32 KB, in or out",
  connectionMinutes: "a million connection minutes",
  lambdaRequests: "a million invocations",
  lambdaGbSeconds: "a GB-second of a function, arm64",
  expressRequests: "a million Express executions",
  expressGbSeconds: "a GB-hour of Express executions",
  standardTransitions: "a million transitions of Standard executions",
  customEvents: "a million events of up to 64 KB",
  dynamoDbWriteUnits: "a million write request units",
  dynamoDbReadUnits: "a million read request units",
  dynamoDbGbMonths: "a GB in tables for a month",
  dynamoDbBackupGbMonths: "its point-in-time recovery",
  sqsRequests: "a million requests of SQS",
  logBytes: "a GB of logs, taken in",
  metricMonths: "a metric of our own for a month",
  tracesRecorded: "a million traces, recorded",
  egressBytes: "a GB to the internet",
};

/** The prices that everything here is computed with. */
export const pricesTable = (): string[][] => [
  ["what", "US dollars", "source"],
  ...LINES.flatMap((line) => Object.entries(PRICES).filter(([, price]) => price.line === line)).map(
    ([unit, { per, tiers, source }]) => {
      const [[upTo = 0] = [], ...further] = tiers;
      const first = further.length > 0 ? ` for the first ${(upTo / per).toLocaleString("en-US")}, then` : "";
      const prices = tiers.map(([, price]) => `$${price}`);
      return [WHAT[unit as keyof Usage], `${prices[0]}${first} ${prices.slice(1).join(", ")}`.trim(), linked(source)];
    },
  ),
];

/** The latencies of the model. */
export const latenciesTable = (): string[][] => [
  ["`bench/model/figures.ts`", "median", "99 % within", "from"],
  ...Object.entries(LATENCIES).map(([what, { medianMs, p99Ms, source }]) => [
    what,
    `${medianMs} ms`,
    `${p99Ms} ms`,
    source.replace(/https:[^\s:]+/, linked),
  ]),
];

const linked = (url: string) => `[${new URL(url).hostname}](${url})`;
