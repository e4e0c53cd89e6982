import { ApiGatewayManagementApiClient, PostToConnectionCommand } from "@aws-sdk/client-apigatewaymanagementapi";
import type { Sdk } from "../runtime-process.ts";
import { inTurns } from "../turns.ts";
import { connectionRows } from "./connection-rows.ts";

/** Posts by the SDK's client as it comes, without any of ours. */
export interface PlainPosts {
  readonly sdk: Sdk;
  /** Where `@connections` is: the stage's callback URL. */
  readonly callbackUrl: string;
  /** Whose connections are posted to. */
  readonly room: string;
  /** How many are posted to at most. */
  readonly posts: number;
  /** How many posts are under way at once. */
  readonly atOnce: number;
  readonly frame: string;
}

export interface PlainSeen {
  readonly posts: number;
  readonly postsPerSecond: number;
}

/** Not counted: V8 compiles what runs often. */
const WARM_UP = 200;

/** Posts a frame to each connection of a room. @throws the SDK's error for a post that fails */
export const plainPosts = async (load: PlainPosts): Promise<PlainSeen> => {
  const rows = await connectionRows(load.sdk);
  const ids = (await rows.idsIn(load.room)).slice(0, load.posts);
  rows.close();
  const client = new ApiGatewayManagementApiClient({ ...load.sdk, endpoint: load.callbackUrl });
  const post = (index: number) =>
    client.send(new PostToConnectionCommand({ ConnectionId: ids[index % ids.length], Data: load.frame }));
  await inTurns(Math.min(WARM_UP, ids.length), load.atOnce, post);
  const began = performance.now();
  await inTurns(ids.length, load.atOnce, post);
  const seconds = (performance.now() - began) / 1000;
  client.destroy();
  return { posts: ids.length, postsPerSecond: Math.round(ids.length / seconds) };
};
