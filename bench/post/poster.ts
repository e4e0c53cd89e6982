/**
 * The process that posts: `node poster.ts <what, as JSON>`, in the environment of a function. Asked for a number of
 * posts it makes them one after the other, as an environment of Lambda does, and says what they have cost.
 */
import { pathToFileURL } from "node:url";
import { ApiGatewayManagementApiClient, PostToConnectionCommand } from "@aws-sdk/client-apigatewaymanagementapi";

/** What posts: the handler in a bundle, with its traces sampled or not, or else the SDK's call, as it is made. */
export interface Poster {
  /** The file of a bundle; without it, the SDK. */
  readonly bundle?: string;
  readonly sampled: boolean;
}

/** What some posts have cost, in microseconds a post. */
export interface Cost {
  /** User and system time of all threads. */
  readonly cpu: number;
}

const CONNECTION = "L0SM9cOFvHcCIhw=";
const FRAME = {
  type: "message",
  id: "01M",
  room: "lobby",
  seq: 7,
  from: { id: "guest-ann", name: "Ann" },
  data: "x".repeat(256),
  received: 1_700_000_001_000,
};

const { bundle, sampled } = JSON.parse(process.argv[2] ?? "") as Poster;

/** A function that makes a post, which has arrived when it returns. */
const posting = async (): Promise<(nth: number) => Promise<unknown>> => {
  if (bundle === undefined) {
    const client = new ApiGatewayManagementApiClient();
    const Data = JSON.stringify(FRAME);
    return () => client.send(new PostToConnectionCommand({ ConnectionId: CONNECTION, Data }));
  }
  const { handler } = await import(pathToFileURL(bundle).href);
  const event = { frame: FRAME, connectionId: CONNECTION, connectedAt: 1_700_000_000_000 };
  return (nth) => handler(event, { awsRequestId: `request-${nth}`, functionName: "post", functionVersion: "$LATEST" });
};

const post = await posting();
let made = 0;

process.on("message", async (posts: number) => {
  const before = process.cpuUsage();
  for (let n = 0; n < posts; n++) {
    const parent = (++made).toString(16).padStart(16, "0");
    process.env._X_AMZN_TRACE_ID = `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=${parent};Sampled=${sampled ? 1 : 0}`;
    await post(made);
  }
  const { user, system } = process.cpuUsage(before);
  process.send?.({ cpu: (user + system) / posts } satisfies Cost);
});
process.on("disconnect", () => process.exit());
process.send?.("ready");
