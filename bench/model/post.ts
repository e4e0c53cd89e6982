import { type FailedPost, fateOf } from "../../functions/protocol/failed-post.ts";
import type { InvokeFunction } from "../../local/lambda/invoke.ts";
import { MEMORY_MB } from "../cost/deployment.ts";
import type { Gateway } from "./aws/gateway.ts";
import { InvocationError, type Lambda } from "./aws/lambda.ts";
import { PROCESSOR } from "./figures.ts";
import type { VirtualTime } from "./virtual-time.ts";

interface Needs {
  readonly time: VirtualTime;
  readonly lambda: Lambda;
  readonly gateway: Gateway;
  /** Removes a connection's rows. @param session the execution that found out */
  readonly prune: (connectionId: string, session: string) => Promise<void>;
}

const POST = { name: "post", memoryMb: MEMORY_MB.post, timeoutMs: 10_000 };

/**
 * Lambda's Invoke for `post`, the only function that state machines of the model invoke: its calls by the model, what
 * becomes of a failed post by the function's own decision.
 */
export const createPost = ({ time, lambda, gateway, prune }: Needs): InvokeFunction => {
  let requests = 0;
  return async ({ payload, principal }) => {
    const { connectionId, connectedAt } = JSON.parse(payload);
    const session = principal.kind === "role" ? principal.session : "";
    const answer = (value: object) => ({
      requestId: `request-${++requests}`,
      payload: JSON.stringify(value),
      durationMs: 0,
      memoryBytes: 0,
    });
    try {
      const outcome = await lambda.invoke(POST, async ({ compute }) => {
        await compute(PROCESSOR.postMs);
        const fate = await gateway.post(connectionId).then(
          () => "delivered" as const,
          ({ name, status }: FailedPost) => fateOf({ name, status, age: time.now() - connectedAt }),
        );
        if (fate === "gone") await prune(connectionId, session);
        else if (fate !== "delivered") throw new InvocationError(fate);
        return { outcome: fate };
      });
      return answer(outcome);
    } catch (error) {
      if (!(error instanceof InvocationError)) throw error;
      return { ...answer({ errorType: error.name, errorMessage: error.message }), functionError: "Unhandled" };
    }
  };
};
