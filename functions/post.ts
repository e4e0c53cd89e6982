import { callback } from "./aws/callback.ts";
import { tablesClient } from "./aws/clients.ts";
import { connectionsTable, type Removed } from "./aws/connections.ts";
import { peopleTable } from "./aws/people.ts";
import type { Delivery, Outcome, PostErrorName } from "./contracts/delivery.ts";
import { ENVIRONMENT } from "./contracts/environment.ts";
import { isExpired } from "./protocol/expiry.ts";
import { fateOf } from "./protocol/failed-post.ts";
import { disconnectRequests, type RequestDisconnect } from "./runtime/disconnect-request.ts";
import { required } from "./runtime/environment.ts";
import { type Observation, observed } from "./runtime/observe.ts";
import { presence, type Stirred } from "./runtime/presence.ts";

interface Needs {
  readonly postToConnection: (connectionId: string, text: string) => Promise<void>;
  readonly removeConnection: (connectionId: string) => Promise<Removed>;
  readonly countOut: (identity: string, connectionId: string) => Promise<void>;
  readonly stirred: Stirred;
  readonly requestDisconnect: RequestDisconnect;
  /** Unix time in milliseconds. */
  readonly now: () => number;
}

/** A post that did not arrive. Its name tells the state machine whether to try again. */
export class PostError extends Error {
  override readonly name: PostErrorName;

  constructor(name: PostErrorName, cause: Error) {
    super(`${cause.name}: ${cause.message}`, { cause });
    this.name = name;
  }
}

/**
 * A step of the state machines: posts one frame to one connection, and removes a connection that is gone from its
 * rooms. One whose token has expired gets nothing more: it is removed likewise, and ended.
 * @returns `delivered` or `gone`
 * @throws PostError for a post that failed otherwise
 */
export const post =
  ({ postToConnection, removeConnection, countOut, stirred, requestDisconnect, now }: Needs) =>
  async (
    { frame, connectionId, connectedAt, validUntil }: Delivery,
    observe: Observation,
  ): Promise<{ outcome: Outcome }> => {
    const { log, annotate } = observe;
    if (frame.type === "message") observe.message(frame.id);
    observe.connection(connectionId);
    annotate("room", frame.room);
    const prune = async (why: string): Promise<{ outcome: Outcome }> => {
      const { rooms, identity } = await removeConnection(connectionId);
      if (identity !== undefined) await countOut(identity, connectionId);
      log.info(why);
      await Promise.all(rooms.map((room) => stirred(room, observe)));
      return { outcome: "gone" };
    };
    if (isExpired(validUntil, now())) {
      annotate("outcome", "gone");
      await requestDisconnect({ connectionId, reason: "TOKEN_EXPIRED" }, observe);
      return prune("Pruned a connection whose token has expired.");
    }
    try {
      await postToConnection(connectionId, JSON.stringify(frame));
      annotate("outcome", "delivered");
      log.debug("Delivered to a connection.");
      return { outcome: "delivered" };
    } catch (error) {
      const failure = error as Error & { $metadata?: { httpStatusCode?: number } };
      // Not `error.statusCode`, which SDK v3 does not set: a public sample never prunes because of this.
      const status = failure.$metadata?.httpStatusCode;
      const fate = fateOf({ name: failure.name, status, age: now() - connectedAt });
      annotate("outcome", fate);
      if (fate !== "gone") throw new PostError(fate, failure);
      return prune("Pruned a connection that is gone.");
    }
  };

export const handler = observed(post, () => {
  const client = tablesClient();
  return {
    ...callback(),
    ...connectionsTable(client, required(ENVIRONMENT.connectionsTable)),
    ...peopleTable(client, required(ENVIRONMENT.peopleTable)),
    ...presence(client),
    requestDisconnect: disconnectRequests(),
    now: Date.now,
  };
});
