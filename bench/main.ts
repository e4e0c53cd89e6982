/** `npm run bench -- <name>`: the benchmarks, each a report and an exit code. */
import { abuse } from "./abuse.ts";
import { chaos } from "./chaos.ts";
import { cold } from "./cold.ts";
import { fanout } from "./fanout.ts";
import { fuzz } from "./fuzz.ts";
import { idle } from "./idle.ts";
import { latency } from "./latency.ts";
import { local } from "./local.ts";
import { neighbours } from "./neighbours.ts";
import { page } from "./page.ts";
import { post } from "./post.ts";
import { record } from "./record.ts";
import { type Report, written } from "./report.ts";
import { rooms } from "./rooms.ts";

const BENCHMARKS: Readonly<Record<string, (args: string[]) => Promise<Report>>> = {
  /** One room of many members on the local runtime: [--members 1000] [--messages 5] */
  local,
  /** Rooms of many sizes on the local runtime: [--members 10000] [--large 500] [--small 5] */
  rooms,
  /** What one message takes on the idle local runtime: [--messages 200] [--within 25] */
  latency,
  /** Nothing is lost although everything goes wrong: [--members 100] [--messages 1000] [--seed 1] */
  chaos,
  /** Hostile input at every door, by seed, beside honest clients: [--count 1000000] [--seed 1] [--growth 5] */
  fuzz,
  /** Connections that do nothing, and a client that never reads: [--connections 10000] */
  idle,
  /** Two rooms under abuse, and a third: [--seconds 15] [--abusers 3] [--rate 200] [--seed 1] [--within 3] */
  abuse,
  /** Each function's bundle: its size, and how long importing it takes. */
  cold,
  /** The chat page in a browser: opening, typing, and a flood of messages: [--seconds 60] [--within 100] [--cpu 50] [--interactive 1000] [--growth 5] */
  page,
  /** What a post costs in CPU, against the SDK's call: [--posts 200] [--rounds 31] [--within 100] */
  post,
  /** What the local runtime's record costs in deliveries a second: [--members 500] [--messages 4] [--rounds 12] [--within 10] */
  record,
  /** One message to rooms of several sizes, on a model of AWS, beside what others do: [--members 1000,10000,100000] [--seed 7] [--pace 1] */
  fanout,
  /** What a message to a large room does to small ones, on the model of AWS: [--large 20000] [--seed 7] */
  neighbours,
};

const [name = "", ...args] = process.argv.slice(2);
const benchmark = BENCHMARKS[name];
if (benchmark) {
  try {
    const report = await benchmark(args.filter((arg) => arg !== "--json"));
    process.stdout.write(written(name, report, args.includes("--json")));
    if (report.failures.length > 0) process.exitCode = 1;
  } catch (error) {
    process.stderr.write(`${name}: ${(error as Error).message}\n`);
    process.exitCode = 1;
  }
} else {
  process.stderr.write(`Which benchmark? npm run bench -- ${Object.keys(BENCHMARKS).join(" | ")} [--json]\n`);
  process.exitCode = 1;
}
