import type { Faults } from "../faults/faults.ts";
import type { AccessLog } from "./access-log.ts";
import type { Connection } from "./connection.ts";
import { messageEvent, requestContext } from "./events.ts";
import type { CallIntegration, IntegrationAnswer } from "./integration.ts";
import { selectRoute } from "./routes.ts";
import type { StageMetrics } from "./stage-metrics.ts";
import type { Throttle } from "./throttle.ts";

/** What the sender is told, and the status in the access log. */
interface Complaint {
  readonly status: number;
  readonly message: string;
}

const internal: Complaint = { status: 500, message: "Internal server error" };

const complaintOf: Readonly<Record<NonNullable<IntegrationAnswer["failure"]>, Complaint | undefined>> = {
  "function-error": internal,
  malformed: internal,
  refused: internal,
  "timed-out": { status: 504, message: "Endpoint request timed out" },
  // A user's report: a frame whose function is throttled is lost, and its sender is not told.
  throttled: undefined,
};

/**
 * Takes a client's messages to their routes. A sender hears of it only from a route with a route response, or when
 * the service could not run the route: `{"message", "connectionId", "requestId"}`, and nothing of the inside.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html
 */
export const createMessages =
  (needs: {
    now: () => number;
    newId: () => string;
    throttle: Throttle;
    callIntegration: CallIntegration;
    accessLog: AccessLog;
    faults: Faults;
    metrics: StageMetrics;
  }) =>
  async (connection: Connection, text: string): Promise<void> => {
    const { stage, facts } = connection;
    const route = selectRoute(stage, text);
    const requestId = needs.newId();
    const messageId = needs.newId();
    const context = requestContext(stage, facts, {
      routeKey: route?.key ?? "$default",
      eventType: "MESSAGE",
      requestId,
      messageId,
      at: needs.now(),
    });
    const complain = ({ status, message }: Complaint) => {
      needs.accessLog(stage, context, { status, error: message });
      connection.send(JSON.stringify({ message, connectionId: facts.connectionId, requestId }));
    };

    const refuse = (complaint: Complaint) => {
      needs.metrics.clientError(stage);
      complain(complaint);
    };

    if (!needs.throttle.admits(route)) return refuse({ status: 429, message: "Too Many Requests" });
    if (!route) return refuse({ status: 403, message: "Forbidden" });
    if (route.requestModel && !route.requestModel(text)) {
      const message = "Bad request body";
      needs.metrics.clientError(stage);
      needs.accessLog(stage, context, { status: 400, error: message });
      connection.send(JSON.stringify({ message, connectionId: facts.connectionId, messageId }));
      return;
    }
    const cut = cutOf(needs.faults);
    if (cut === "before it is handled") return connection.destroy();
    const answer = await needs.callIntegration(route, messageEvent(stage, context, text));
    if (cut === "before its answer") connection.destroy();
    if (answer.failure) {
      const complaint = complaintOf[answer.failure];
      return complaint ? complain(complaint) : needs.accessLog(stage, context, { status: 429 });
    }
    needs.accessLog(stage, context, { status: answer.response.statusCode });
    if (route.answers && answer.response.body) connection.send(answer.response.body);
  };

/** Where a frame's connection is cut, if it is: the frame is lost, or its answer is though it has had its effect. */
const cutOf = (faults: Faults): "before it is handled" | "before its answer" | undefined => {
  if (!faults.strikes("connection.cut")) return undefined;
  return faults.chance("connection.cut") < 0.5 ? "before it is handled" : "before its answer";
};
