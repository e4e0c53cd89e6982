/** `npm run referee:emulator`: the synthesized template in an AWS emulator that others wrote, and two clients there. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { createDeployment } from "./deployment.ts";
import { PLACE, startMiniStack } from "./ministack.ts";
import { createTalk } from "./talk.ts";
import { createVerdicts } from "./verdicts.ts";

const folder = await mkdtemp(join(tmpdir(), "referee-emulator-"));
const emulator = await startMiniStack();
const { endpoint, environment } = emulator;
const tables = new DynamoDBClient({
  endpoint,
  region: PLACE.region,
  credentials: { accessKeyId: environment.AWS_ACCESS_KEY_ID, secretAccessKey: environment.AWS_SECRET_ACCESS_KEY },
});
try {
  const { holds, fallsShort, unexpected } = createVerdicts((line) => process.stdout.write(line));
  const deployment = createDeployment(folder, environment);
  await holds("the CDK CLI bootstraps the account", deployment.bootstrap);
  const unknown = "Unrecognized resource types: [AWS::ApiGatewayV2::RouteResponse]";
  await fallsShort("CloudFormation takes the unchanged template", unknown, deployment.deployUnchanged);
  await holds("CloudFormation deploys all the rest of it", deployment.deploy);

  const host = `${await deployment.apiId()}.execute-api.${PLACE.region}.amazonaws.com`;
  const talk = createTalk(`${endpoint.replace("http", "ws")}/dev`, { host }, tables);
  await holds("two clients connect, named by the authorizer", talk.connect);
  await holds("a frame's route answers its sender", talk.answers);
  await holds("who is not a member is refused", talk.refusal);
  await holds("the sender gets an ack, numbered by the room", talk.ack);
  await holds("the other member gets the message, by the bus and the state machine", talk.message);
  const event = "connectedAt is the time of each event";
  await fallsShort("an event tells when its connection was made", event, talk.ageOfConnection);
  await holds("a connection that ends leaves no row behind", talk.prunes);
  await fallsShort(
    "an upgrade that $connect refuses is answered with its status",
    "it answers 403",
    talk.refusedUpgrade,
  );
  await fallsShort("$connect's subprotocol is that of the upgrade", "Server sent no subprotocol", talk.subprotocol);
  talk.end();
  if (unexpected()) process.exitCode = 1;
} finally {
  tables.destroy();
  await emulator.stop();
  await rm(folder, { recursive: true, force: true });
}
