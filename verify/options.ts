import { parseArgs } from "node:util";

/** What `npm run verify` is asked. */
export interface Options {
  readonly endpoint: string;
  readonly stackName: string;
  /** Where the stack is looked into: on AWS, in the local runtime of a data folder, or nowhere. */
  readonly inside: { readonly region: string | undefined } | { readonly data: string } | undefined;
  /** The file that the report is written to. */
  readonly report: string;
}

export const USAGE = `npm run verify -- --endpoint wss://… [--aws | --data .roomcast] [--stack Roomcast-dev] [--report FILE]

  --endpoint URL  where clients connect: the stack's output WebSocketEndpoint
  --aws           look into the stack too, with the credentials that the AWS CLI would use (AWS_PROFILE)
  --data DIR      look into the local runtime that runs on this data folder
  --stack NAME    the stack's name (Roomcast-{stage}, the stage being the end of the endpoint; a domain of one's own has none)
  --report FILE   where the report goes (verify-report.md)`;

/** Reads the command line; "help" when it asks for it. @throws Error naming the option that is wrong */
export const readOptions = (args: readonly string[]): Options | "help" => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      endpoint: { type: "string" },
      aws: { type: "boolean", default: false },
      data: { type: "string" },
      stack: { type: "string" },
      report: { type: "string", default: "verify-report.md" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return "help";
  const { endpoint = "", aws, data, report } = values;
  const url = URL.parse(endpoint);
  const stage = url?.pathname.split("/")[1];
  const stackName = values.stack ?? (stage && `Roomcast-${stage}`);
  if (!url || !["ws:", "wss:"].includes(url.protocol) || !stackName)
    throw new Error(
      `--endpoint is "${endpoint}": it is where clients connect, wss://{api}/{stage}, or wss://{domain} with --stack.`,
    );
  if (aws && data !== undefined) throw new Error("--aws and --data: a stack is in one place, so give one of them.");
  const inside = aws ? { region: regionOf(url) } : data === undefined ? undefined : { data };
  return { endpoint, stackName, inside, report };
};

/** `{api}.execute-api.{region}.amazonaws.com`; a domain of one's own says nothing, and the SDK's own settings count. */
const regionOf = ({ hostname }: URL): string | undefined => /\.execute-api\.([\w-]+)\.amazonaws\./.exec(hostname)?.[1];
