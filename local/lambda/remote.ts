import { InvokeCommand, LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import type { Target } from "./invoke-command.ts";

/** The functions of a runtime that runs in another process, through its Lambda API. */
export const functionsAt = async (running: {
  readonly origin: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}): Promise<Target> => {
  const { origin: endpoint, accessKeyId, secretAccessKey } = running;
  const client = new LambdaClient({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
  });
  const { Functions = [] } = await client.send(new ListFunctionsCommand({}));
  return {
    functions: Functions.map(({ FunctionName = "", Handler = "" }) => ({ name: FunctionName, handler: Handler })),
    async invoke(FunctionName, payload) {
      const answer = await client.send(new InvokeCommand({ FunctionName, Payload: payload, LogType: "Tail" }));
      const tail = Buffer.from(answer.LogResult ?? "", "base64").toString();
      return {
        payload: new TextDecoder().decode(answer.Payload),
        failed: answer.FunctionError !== undefined,
        ...reported(tail),
      };
    },
    stop: async () => client.destroy(),
  };
};

/** Duration and memory from Lambda's report, as text or JSON; a function may have it switched off. */
const reported = (tail: string): { readonly durationMs?: number; readonly memoryMb?: number } => {
  const [, duration, memory] =
    /\tDuration: ([\d.]+) ms\t.*Max Memory Used: (\d+) MB/.exec(tail) ??
    /"platform\.report".*"durationMs":([\d.]+),.*"maxMemoryUsedMB":(\d+)/.exec(tail) ??
    [];
  return duration && memory ? { durationMs: Number(duration), memoryMb: Number(memory) } : {};
};
