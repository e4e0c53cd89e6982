import { devNull } from "node:os";
import { startAsked } from "../asked-process.ts";
import type { Cost, Poster } from "./poster.ts";
import type { Arrived, Listening } from "./server.ts";

/** Starts what takes the posts, in a process of its own, so that its CPU is nobody's. */
export const startServer = async () => {
  const { first, ask, stop } = await startAsked(new URL("server.ts", import.meta.url), [], {});
  return { listening: first as Listening, arrived: (): Promise<Arrived> => ask("?"), stop };
};

/** Starts a poster, in a process of its own: what one brings, hooks of promises for instance, slows no other. */
export const startPoster = async (poster: Poster, { port, daemonPort }: Listening) => {
  const { ask, stop } = await startAsked(new URL("poster.ts", import.meta.url), [JSON.stringify(poster)], {
    ...lambdaEnvironment,
    AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: `http://127.0.0.1:${port}/live`,
    AWS_XRAY_DAEMON_ADDRESS: `127.0.0.1:${daemonPort}`,
  });
  return { post: (posts: number): Promise<Cost> => ask(posts), stop };
};

/** What Lambda sets, and what `post` needs of the template; the keys are the examples of AWS's documentation. */
const lambdaEnvironment = {
  LAMBDA_TASK_ROOT: "/var/task",
  AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
  AWS_LAMBDA_FUNCTION_NAME: "post",
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "256",
  AWS_LAMBDA_LOG_FORMAT: "JSON",
  AWS_LAMBDA_LOG_LEVEL: "INFO",
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
  AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  AWS_SESSION_TOKEN: "session",
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  POWERTOOLS_SERVICE_NAME: "post",
  EVENT_BUS: "bus",
  CONNECTIONS_TABLE: "connections",
  PEOPLE_TABLE: "people",
};
