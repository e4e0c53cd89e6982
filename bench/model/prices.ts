import { UNITS, type Usage } from "./usage.ts";

/** What a unit costs. */
interface Price {
  /** The line of the bill that it is in. */
  readonly line: Line;
  /** How many units the tiers' prices are for. */
  readonly per: number;
  /** US dollars, each tier up to a month's number of units; the last has no end. */
  readonly tiers: readonly (readonly [upTo: number, dollars: number])[];
  /** The page of AWS that has the price. */
  readonly source: string;
}

/** The lines of a bill, in their order. */
export const LINES = [
  "WebSocket messages",
  "connection minutes",
  "Lambda requests",
  "Lambda GB-seconds",
  "Express requests",
  "Express GB-seconds",
  "Standard transitions",
  "events",
  "DynamoDB writes",
  "DynamoDB reads",
  "DynamoDB storage",
  "SQS requests",
  "logs",
  "metrics",
  "X-Ray",
  "egress",
] as const;
export type Line = (typeof LINES)[number];

const MILLION = 1e6;
const GB = 1024 ** 3;
const HOUR = 3600;
const NO_END = Number.POSITIVE_INFINITY;

const only = (dollars: number) => [[NO_END, dollars]] as const;

const API_GATEWAY = "https://aws.amazon.com/api-gateway/pricing/";
const LAMBDA = "https://aws.amazon.com/lambda/pricing/";
const STEP_FUNCTIONS = "https://aws.amazon.com/step-functions/pricing/";
const EVENTBRIDGE = "https://aws.amazon.com/eventbridge/pricing/";
const DYNAMODB = "https://aws.amazon.com/dynamodb/pricing/on-demand/";
const SQS = "https://aws.amazon.com/sqs/pricing/";
const CLOUDWATCH = "https://aws.amazon.com/cloudwatch/pricing/";
const XRAY = "https://aws.amazon.com/xray/pricing/";
const DATA_TRANSFER = "https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer";

/** us-east-1 in November 2026, on demand, arm64, without free tiers and without agreements. */
export const PRICES: Readonly<Record<keyof Usage, Price>> = {
  webSocketMessages: {
    line: "WebSocket messages",
    per: MILLION,
    tiers: [
      [1e9, 1.0],
      [NO_END, 0.8],
    ],
    source: API_GATEWAY,
  },
  connectionMinutes: { line: "connection minutes", per: MILLION, tiers: only(0.25), source: API_GATEWAY },
  lambdaRequests: { line: "Lambda requests", per: MILLION, tiers: only(0.2), source: LAMBDA },
  lambdaGbSeconds: {
    line: "Lambda GB-seconds",
    per: 1,
    tiers: [
      [7.5e9, 0.0000133334],
      [18.75e9, 0.0000120001],
      [NO_END, 0.0000106667],
    ],
    source: LAMBDA,
  },
  expressRequests: { line: "Express requests", per: MILLION, tiers: only(1.0), source: STEP_FUNCTIONS },
  // Priced by the GB-hour.
  expressGbSeconds: {
    line: "Express GB-seconds",
    per: HOUR,
    tiers: [
      [1_000 * HOUR, 0.06],
      [5_000 * HOUR, 0.03],
      [NO_END, 0.01642],
    ],
    source: STEP_FUNCTIONS,
  },
  standardTransitions: { line: "Standard transitions", per: MILLION, tiers: only(25), source: STEP_FUNCTIONS },
  customEvents: { line: "events", per: MILLION, tiers: only(1.0), source: EVENTBRIDGE },
  dynamoDbWriteUnits: { line: "DynamoDB writes", per: MILLION, tiers: only(0.625), source: DYNAMODB },
  dynamoDbReadUnits: { line: "DynamoDB reads", per: MILLION, tiers: only(0.125), source: DYNAMODB },
  dynamoDbGbMonths: { line: "DynamoDB storage", per: 1, tiers: only(0.25), source: DYNAMODB },
  dynamoDbBackupGbMonths: { line: "DynamoDB storage", per: 1, tiers: only(0.2), source: DYNAMODB },
  sqsRequests: { line: "SQS requests", per: MILLION, tiers: only(0.4), source: SQS },
  // Logs that Lambda and Step Functions deliver; keeping them costs less than a hundredth of that.
  logBytes: {
    line: "logs",
    per: GB,
    tiers: [
      [10_240 * GB, 0.5],
      [30_720 * GB, 0.25],
      [51_200 * GB, 0.1],
      [NO_END, 0.05],
    ],
    source: CLOUDWATCH,
  },
  metricMonths: {
    line: "metrics",
    per: 1,
    tiers: [
      [10_000, 0.3],
      [250_000, 0.1],
      [1_000_000, 0.05],
      [NO_END, 0.02],
    ],
    source: CLOUDWATCH,
  },
  tracesRecorded: { line: "X-Ray", per: MILLION, tiers: only(5), source: XRAY },
  egressBytes: {
    line: "egress",
    per: GB,
    tiers: [
      [10_240 * GB, 0.09],
      [51_200 * GB, 0.085],
      [153_600 * GB, 0.07],
      [NO_END, 0.05],
    ],
    source: DATA_TRANSFER,
  },
};

/** US dollars for that many units of a month, the first ones by the first tier. */
const dollarsOf = (units: number, { per, tiers }: Price): number => {
  let from = 0;
  let dollars = 0;
  for (const [upTo, price] of tiers) {
    dollars += (Math.max(0, Math.min(units, upTo) - from) / per) * price;
    from = upTo;
  }
  return dollars;
};

export type Bill = Readonly<Record<Line, number>>;

/**
 * The bill for what was used, in US dollars.
 * @param whole what was used altogether in that month, which decides the tiers; what this is a part of
 */
export const billOf = (usage: Usage, whole: Usage = usage): Bill => {
  const bill = Object.fromEntries(LINES.map((line) => [line, 0])) as Record<Line, number>;
  for (const unit of UNITS)
    if (usage[unit] > 0) bill[PRICES[unit].line] += dollarsOf(whole[unit], PRICES[unit]) * (usage[unit] / whole[unit]);
  return bill;
};

/** US dollars for everything but egress, which is the same whoever sends the frames. */
export const priceOf = (usage: Usage, whole: Usage = usage): number => {
  const { egress: _apart, ...lines } = billOf(usage, whole);
  return Object.values(lines).reduce((sum, dollars) => sum + dollars, 0);
};
