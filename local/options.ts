import { isIP } from "node:net";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { type FaultPlan, readFaultPlan } from "./faults/plan.ts";

/** What the command line says. */
export interface Options {
  /** TCP port; 0 takes a free one. */
  readonly port: number;
  /** The address that it is on. */
  readonly host: string;
  /** The folder that the data is kept in. */
  readonly data: string;
  /** Begin with no data. */
  readonly fresh: boolean;
  /** An outside DynamoDB to keep the tables in; without it, the embedded one. */
  readonly dynamodb: string | undefined;
  /** Serve wss and https, with a certificate of our own. */
  readonly tls: boolean;
  /** Keep a record of what happens, for the console. */
  readonly record: boolean;
  /** One JSON object a line instead of text for a person. */
  readonly json: boolean;
  /** What is to go wrong; nothing, unless it is asked for. */
  readonly faults: FaultPlan | undefined;
  /** CDK context, before that of `cdk.json`. */
  readonly context: Readonly<Record<string, string>>;
}

/** What a person may say, for `--help` and after a mistake. */
export const USAGE = `npm start -- [--port 3000] [--host 127.0.0.1] [--data .roomcast] [--fresh] [--dynamodb URL] [--tls] [--no-record] [--json] [--faults PLAN] [--context KEY=VALUE]…

  --port N        the port to listen on (3000; 0 takes a free one)
  --host ADDRESS  the address to listen on (127.0.0.1); on one that others reach there is no console, nor TLS without --tls
  --data DIR      the folder to keep the data in (.roomcast)
  --fresh         begin with no data
  --dynamodb URL  keep the tables in this DynamoDB, such as DynamoDB Local at http://localhost:8000
  --tls           serve wss and https, with a self-signed certificate that DIR keeps
  --no-record     keep no record of what happens: a little faster, and the console shows no messages
  --json          log one JSON object a line
  --faults PLAN   let things go wrong as they may on AWS, such as all=5%,seed=1: docs/operations.md has the list
  --context K=V   a key of the configuration, as for npm run deploy; as often as there are keys`;

/** Reads the command line; "help" when it asks for it. @throws Error naming the option that is wrong */
export const readOptions = (args: readonly string[]): Options | "help" => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: "string", default: "3000" },
      host: { type: "string", default: "127.0.0.1" },
      data: { type: "string", default: ".roomcast" },
      fresh: { type: "boolean", default: false },
      dynamodb: { type: "string" },
      tls: { type: "boolean", default: false },
      "no-record": { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      faults: { type: "string" },
      context: { type: "string", multiple: true, default: [] },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return "help";
  if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535)
    throw new Error(`--port is "${values.port}": it is a whole number from 0 to 65535.`);
  const { host } = values;
  if (!isIP(host) && host !== "localhost")
    throw new Error(`--host is "${host}": it is an address of this machine, such as 0.0.0.0 for all that it has.`);
  if (values.data === "") throw new Error("--data is empty: it is the folder to keep the data in.");
  const { fresh, json, dynamodb, tls } = values;
  if (dynamodb !== undefined) refuseDynamoDb(dynamodb, fresh);
  const faults = values.faults === undefined ? undefined : readFaultPlan(values.faults);
  const record = !values["no-record"];
  const context = Object.fromEntries(values.context.map(keyAndValue));
  const port = Number(values.port);
  return { port, host, data: resolve(values.data), fresh, dynamodb, tls, record, json, faults, context };
};

const keyAndValue = (given: string): [string, string] => {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(given) ?? [];
  if (key === undefined || value === undefined)
    throw new Error(`--context is "${given}": it is a key and its value, such as stage=test.`);
  return [key, value];
};

const refuseDynamoDb = (url: string, fresh: boolean) => {
  if (URL.parse(url)?.protocol !== "http:")
    throw new Error(`--dynamodb is "${url}": it is the http:// URL of a DynamoDB, such as http://localhost:8000.`);
  if (fresh)
    throw new Error("--fresh empties no tables that are not ours: with --dynamodb, delete them in that DynamoDB.");
};
