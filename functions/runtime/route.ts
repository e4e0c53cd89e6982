import type {
  APIGatewayEventWebsocketRequestContextV2,
  APIGatewayProxyResultV2,
  APIGatewayProxyWebsocketEventV2WithRequestContext,
} from "aws-lambda";
import { ENVIRONMENT } from "../contracts/environment.ts";
import type { Rights } from "../contracts/identity.ts";
import { METRICS } from "../contracts/metrics.ts";
import type { Answer, Author } from "../protocol/answers.ts";
import { isExpired } from "../protocol/expiry.ts";
import type { FrameFate } from "../protocol/frame-bucket.ts";
import { parseFrame, refIn, refOf } from "../protocol/parse-frame.ts";
import { Refusal } from "../protocol/refusal.ts";
import { disconnectRequests, type RequestDisconnect } from "./disconnect-request.ts";
import { required, requiredNumber } from "./environment.ts";
import { frameLimit } from "./frame-limit.ts";
import { authorOf, type Identified, rightsOf, validUntilOf } from "./identity.ts";
import { measured } from "./metrics.ts";
import { type Observation, observed } from "./observe.ts";

/** A frame from a client, as a route gets it. */
export interface Frame {
  readonly connectionId: string;
  /** Unix time in milliseconds. */
  readonly connectedAt: number;
  readonly sender: Author;
  /** What the sender's token allows; not there for a guest. */
  readonly rights?: Rights | undefined;
  /** When that token expires, in Unix seconds; not there for a guest. */
  readonly validUntil?: number | undefined;
  /** The frame's JSON object; its fields are anybody's word. */
  readonly body: Record<string, unknown>;
  readonly observe: Observation;
}

/** A route: its answer goes to the sender, with the `ref` of the frame. */
export type Route = (frame: Frame) => Promise<Answer>;

/** A route that answers nobody: the API has no response for it, so that a refusal ends in the log. */
export type SilentRoute = (frame: Frame) => Promise<void>;

type MessageEvent = APIGatewayProxyWebsocketEventV2WithRequestContext<
  APIGatewayEventWebsocketRequestContextV2 & Identified & { readonly connectedAt: number }
>;

/**
 * Makes a Lambda handler of a route. A refusal becomes an `error` frame; a failure inside is logged, counted, and becomes
 * `UNAVAILABLE`, which says nothing of the inside.
 */
export const route = <Needs>(make: (needs: Needs) => Route | SilentRoute, needs: () => Needs) =>
  observed((needed: Needs) => {
    const metrics = measured(required(ENVIRONMENT.stage));
    const counted = () => metrics({ [METRICS.unavailable]: 1 }, Date.now());
    const limits = {
      framesPerSecond: requiredNumber(ENVIRONMENT.connectionFramesPerSecond),
      framesBurst: requiredNumber(ENVIRONMENT.connectionFramesBurst),
    };
    const admit = frameLimit(limits, Date.now);
    return answering(make(needed), { counted, admit, requestDisconnect: disconnectRequests(), now: Date.now });
  }, needs);

interface AnsweringNeeds {
  /** The fields by which the line of a failure counts it. */
  readonly counted: () => Record<string, unknown>;
  /** What becomes of a connection's next frame. */
  readonly admit: (connectionId: string) => FrameFate;
  readonly requestDisconnect: RequestDisconnect;
  /** Unix time in milliseconds. */
  readonly now: () => number;
}

/**
 * A route's answers as API Gateway takes them, refusals and failures among them; the handler without its observation.
 * A connection that sends too many frames gets none of them done; one that goes on at it is ended, and so is one whose
 * token has expired.
 */
export const answering =
  (answerTo: Route | SilentRoute, { counted, admit, requestDisconnect, now }: AnsweringNeeds) =>
  async (event: MessageEvent, observe: Observation): Promise<APIGatewayProxyResultV2> => {
    let ref: string | undefined;
    const { connectionId, connectedAt } = event.requestContext;
    observe.connection(connectionId);
    const text = event.body ?? "";
    const admission = admit(connectionId);
    if (admission.fate === "flooded") await requestDisconnect({ connectionId, reason: "TOO_MANY_FRAMES" }, observe);
    if (admission.fate !== "taken") return tooManyFrames(admission, refIn(text), observe);
    try {
      const sender = authorOf(event.requestContext);
      const validUntil = validUntilOf(event.requestContext);
      if (isExpired(validUntil, now())) {
        await requestDisconnect({ connectionId, reason: "TOKEN_EXPIRED" }, observe);
        return tokenExpired(refIn(text), observe);
      }
      const body = parseFrame(text);
      ref = refOf(body);
      const rights = rightsOf(event.requestContext);
      const answer = await answerTo({ connectionId, connectedAt, sender, rights, validUntil, body, observe });
      return answer ? frameOf(answer, ref) : { statusCode: 200 };
    } catch (error) {
      const refusal = refusalOf(error, observe, counted);
      observe.annotate("outcome", refusal.code);
      return frameOf({ type: "error", code: refusal.code, reason: refusal.message }, ref);
    }
  };

const refusalOf = (error: unknown, { log }: Observation, counted: () => Record<string, unknown>): Refusal => {
  if (error instanceof Refusal) {
    log.info("Refused.", { code: error.code, reason: error.message });
    return error;
  }
  log.error("A route failed.", { error, ...counted() });
  return new Refusal("UNAVAILABLE", "This did not work just now. Try again with the same ref.");
};

const tokenExpired = (ref: string | undefined, observe: Observation) => {
  const refusal = { code: "FORBIDDEN", reason: "Your token has expired: connect again with a new one." } as const;
  observe.annotate("outcome", refusal.code);
  observe.log.info("Refused.", refusal);
  return frameOf({ type: "error", ...refusal, expired: true }, ref);
};

/** No line in the log: there would be one for each frame of a flood. */
const tooManyFrames = (
  admission: Exclude<FrameFate, { fate: "taken" }>,
  ref: string | undefined,
  observe: Observation,
) => {
  const code = "RATE_LIMITED";
  observe.annotate("outcome", code);
  const next = admission.fate === "flooded" ? "this connection is ended." : `wait ${admission.seconds} s, then go on.`;
  return frameOf({ type: "error", code, reason: `You send too many frames: ${next}` }, ref);
};

const frameOf = (answer: Answer, ref: string | undefined) => ({
  statusCode: 200,
  body: JSON.stringify(ref === undefined ? answer : { ...answer, ref }),
});
