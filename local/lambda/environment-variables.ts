import { devNull } from "node:os";
import type { FunctionProperties } from "./resources.ts";

/** What the variables of an environment are made of. */
interface EnvironmentFacts {
  readonly name: string;
  readonly properties: FunctionProperties;
  readonly region: string;
  readonly logGroup: string;
  readonly logStream: string;
  /** The folder of the bundle. */
  readonly taskRoot: string;
  readonly credentials: Credentials;
  /** The origin of the runtime's own port, without a trailing slash. */
  readonly endpoint: string;
  /** `host:port` of the X-Ray daemon. */
  readonly xrayAddress: string | undefined;
}

/** A session of the function's role. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/**
 * The environment of a function: what Lambda itself sets, and the template's own variables; nothing of the
 * developer's shell. https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export const environmentVariables = (facts: EnvironmentFacts): Record<string, string> => {
  const { properties, credentials, region, endpoint, xrayAddress } = facts;
  const { LogFormat, ApplicationLogLevel = "INFO" } = properties.LoggingConfig;
  return {
    ...localEndpoints(properties.Environment?.Variables ?? {}, endpoint),
    _HANDLER: properties.Handler,
    LAMBDA_TASK_ROOT: facts.taskRoot,
    LANG: "en_US.UTF-8",
    // The SDK reads it; Date and Intl in a worker thread follow the process's own zone, whatever stands here.
    TZ: ":UTC",
    AWS_EXECUTION_ENV: `AWS_Lambda_${properties.Runtime}`,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_LAMBDA_FUNCTION_NAME: facts.name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(properties.MemorySize),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: facts.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: facts.logStream,
    ...(LogFormat === "JSON" && { AWS_LAMBDA_LOG_FORMAT: "JSON", AWS_LAMBDA_LOG_LEVEL: ApplicationLogLevel }),
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_ENDPOINT_URL: endpoint,
    // Lambda has no such files; here the SDK would find the developer's.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_XRAY_CONTEXT_MISSING: "LOG_ERROR",
    ...(xrayAddress && { AWS_XRAY_DAEMON_ADDRESS: xrayAddress }),
  };
};

/**
 * A service's endpoint in the template (`AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI` is the stage's callback URL) is on
 * this machine: same path, other origin.
 */
const localEndpoints = (variables: Readonly<Record<string, string>>, endpoint: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(variables).map(([name, value]) => {
      if (!name.startsWith("AWS_ENDPOINT_URL")) return [name, value];
      if (!URL.canParse(value)) throw new Error(`The variable ${name} is not a URL: ${JSON.stringify(value)}.`);
      const { pathname, search } = new URL(value);
      return [name, `${endpoint}${pathname === "/" ? "" : pathname}${search}`];
    }),
  );
