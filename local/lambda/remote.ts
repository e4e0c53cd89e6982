import { InvokeCommand, LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import type { Target } from "./invoke-command.ts";
import { readSpent } from "./spent.ts";

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
      const command = new InvokeCommand({ FunctionName, Payload: payload });
      let headers: Readonly<Record<string, string>> = {};
      command.middlewareStack.add(
        (next) => async (args) => {
          const answer = await next(args);
          headers = (answer.response as { headers: typeof headers }).headers;
          return answer;
        },
        { step: "deserialize", priority: "low" },
      );
      const answer = await client.send(command);
      return {
        payload: new TextDecoder().decode(answer.Payload),
        failed: answer.FunctionError !== undefined,
        ...readSpent(headers),
      };
    },
    stop: async () => client.destroy(),
  };
};
