import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import type { Principal } from "../../local/aws/service.ts";
import { systemClock } from "../../local/clock.ts";
import type { Identity, Resource } from "../../local/cloudformation/resource-type.ts";
import { noFaults } from "../../local/faults/faults.ts";
import type { JsonObject } from "../../local/json.ts";
import { createFunctions, type FunctionsNeeds } from "../../local/lambda/functions.ts";
import { type FunctionProperties, resourceTypes } from "../../local/lambda/resources.ts";
import type { LogEntry } from "../../local/log.ts";

export const operator: Principal = { kind: "operator" };

/** A function of a template: its name, with `properties` over the ones that every function needs. */
export const lambdaFunction = (name: string, properties: object = {}): Resource<FunctionProperties> => {
  const given = {
    FunctionName: name,
    Code: { S3Bucket: "assets", S3Key: "bundle.zip" },
    Handler: `${name}.handler`,
    Runtime: "nodejs24.x",
    Role: `arn:aws:iam::111122223333:role/${name}`,
    ...properties,
  };
  const type = resourceTypes["AWS::Lambda::Function"]!;
  const identity: Identity = {
    logicalId: name,
    region: "us-east-1",
    account: "111122223333",
    partition: "aws",
    stackName: "Stack",
    property: (key) => (given as JsonObject)[key],
    generatedName: `Stack-${name}`,
  };
  return {
    logicalId: name,
    type: "AWS::Lambda::Function",
    properties: v.parse(type.properties, given) as FunctionProperties,
    ref: type.ref(identity),
    attribute: (attribute) => type.attributes[attribute]!(identity),
    identity,
  };
};

/** Running functions from source texts by file name, with everything that they wrote. */
export const runFunctions = (
  files: Readonly<Record<string, string>>,
  functions: readonly Resource<FunctionProperties>[],
  needs: Partial<FunctionsNeeds> = {},
) => {
  const folder = mkdtempSync(join(tmpdir(), "functions-"));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  const logged: LogEntry[] = [];
  const lines: { logGroup: string; line: string; writer: string }[] = [];
  const segments: JsonObject[] = [];
  const running = createFunctions({
    functions,
    providers: new Map(),
    eventInvokeConfigs: [],
    sendRecord: async () => undefined,
    region: "us-east-1",
    account: "111122223333",
    clock: systemClock,
    log: (entry) => logged.push(entry),
    faults: noFaults,
    putMetric: () => {},
    randomHex: (digits) => randomBytes(digits / 2).toString("hex"),
    newId: randomUUID,
    maxConcurrency: 8,
    quickConcurrency: 8,
    random: () => 0.5,
    assetDirectory: () => folder,
    assume: () => undefined,
    credentialsFor: (roleArn) => ({ accessKeyId: "AKIATEST", secretAccessKey: roleArn, sessionToken: "session" }),
    authorize: () => undefined,
    endpoint: () => "http://127.0.0.1:3000",
    xrayAddress: () => "127.0.0.1:2000",
    writeLog: (logGroup, line, writer) => lines.push({ logGroup, line, writer }),
    recordSegment: (document) => segments.push(document),
    ...needs,
  });
  return {
    ...running,
    folder,
    logged,
    lines,
    segments,
    /** What the functions themselves wrote. */
    written: () => lines.filter(({ writer }) => writer === "function").map(({ line }) => line),
    /** Invokes and parses the answer. */
    async call(functionName: string, event: unknown = {}, traceHeader?: string) {
      const request = { functionName, payload: JSON.stringify(event), principal: operator, traceHeader };
      const { payload, ...result } = await running.invoke(request);
      return { ...result, answer: JSON.parse(payload) };
    },
    async end() {
      await running.stop();
      rmSync(folder, { recursive: true });
    },
  };
};
