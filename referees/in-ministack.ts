import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { createDeployment } from "./deployment.ts";
import { PLACE, startMiniStack } from "./ministack.ts";
import { createSite } from "./site.ts";
import { createTalk } from "./talk.ts";

/** What is done in a running emulator. */
interface Place {
  readonly deployment: ReturnType<typeof createDeployment>;
  /** Two clients of the stack that is deployed. @throws Error when none is */
  talkThere(): Promise<ReturnType<typeof createTalk>>;
  /** A browser at the distribution of that stack. @throws Error when none is */
  siteThere(): Promise<ReturnType<typeof createSite>>;
}

/** Starts an empty emulator, does something there, and leaves nothing of it behind. */
export const inMiniStack = async (
  { enforceIam }: { readonly enforceIam: boolean },
  visit: (place: Place) => Promise<void>,
): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), "referee-emulator-"));
  const { endpoint, environment, stop } = await startMiniStack(enforceIam);
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = environment;
  const credentials = { accessKeyId, secretAccessKey };
  const tables = new DynamoDBClient({ endpoint, region: PLACE.region, credentials });
  const deployment = createDeployment(folder, environment);
  let end = () => {};
  try {
    await visit({
      deployment,
      talkThere: async () => {
        const host = await deployment.hostOf("WebSocketEndpoint");
        const talk = createTalk(`${endpoint.replace("http", "ws")}/dev`, { host }, tables);
        end = talk.end;
        return talk;
      },
      siteThere: async () => createSite({ endpoint, host: await deployment.hostOf("ChatPage") }),
    });
  } finally {
    end();
    tables.destroy();
    await stop();
    await rm(folder, { recursive: true, force: true });
  }
};
