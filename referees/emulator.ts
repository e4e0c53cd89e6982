/** `npm run referee:emulator`: the synthesized template in an AWS emulator that others wrote, and two clients there. */
import { inMiniStack } from "./in-ministack.ts";
import { createVerdicts } from "./verdicts.ts";

const { holds, fallsShort, unexpected } = createVerdicts((line) => process.stdout.write(line));

await inMiniStack({ enforceIam: false }, async ({ deployment, talkThere, siteThere }) => {
  await holds("the CDK CLI bootstraps the account", deployment.bootstrap);
  const types = "AWS::ApiGatewayV2::RouteResponse, AWS::Events::Archive, AWS::Logs::QueryDefinition";
  const unknown = `Unrecognized resource types: [${types}]`;
  await fallsShort("CloudFormation takes the unchanged template", unknown, deployment.deployUnchanged);
  await holds("CloudFormation deploys all the rest of it", deployment.deployEmulated);

  const talk = await talkThere();
  await holds("two clients connect, named by the authorizer", talk.connect);
  await holds("a frame's route answers its sender", talk.answers);
  await holds("who is not a member is refused", talk.refusal);
  await holds("the sender gets an ack, numbered by the room", talk.ack);
  await holds("the other member gets the message, by the bus and the state machine", talk.message);
  const event = "connectedAt is the time of each event";
  await fallsShort("an event tells when its connection was made", event, talk.ageOfConnection);
  await holds("a connection that ends leaves no row behind", talk.prunes);
  const status = "it answers 403";
  await fallsShort("an upgrade that $connect refuses is answered with its status", status, talk.refusedUpgrade);
  const protocol = "Server sent no subprotocol";
  await fallsShort("$connect's subprotocol is that of the upgrade", protocol, talk.subprotocol);

  const site = await siteThere();
  await site.fill({ "index.html": "the page", "not-found.html": "nothing here" });
  await holds("the distribution reads its private bucket, and serves the page", site.page);
  await holds("the page has the policy's headers, and what it was put with", site.headers);
  await holds("an address where nothing is answers 404, with the page for that", site.notFound);
  await holds("whoever comes by HTTP is sent to HTTPS", site.https);
});

await inMiniStack({ enforceIam: true }, async ({ deployment, talkThere }) => {
  await deployment.bootstrap();
  await holds("with IAM enforced: deployed, but for the conditions of PutEvents", () =>
    deployment.deployEmulated("--iam-enforced"),
  );
  const talk = await talkThere();
  await holds("with IAM enforced: two clients connect", talk.connect);
  await holds("with IAM enforced: a frame's route answers its sender", talk.answers);
  await holds("with IAM enforced: the sender gets an ack", talk.ack);
  await holds("with IAM enforced: the other member gets the message", talk.message);
  await holds("with IAM enforced: a connection that ends leaves no row behind", talk.prunes);
});

if (unexpected()) process.exitCode = 1;
