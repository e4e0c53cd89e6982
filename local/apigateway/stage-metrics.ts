import type { Metric, PutMetric } from "../cloudwatch/metric.ts";
import type { CallIntegration, IntegrationAnswer } from "./integration.ts";
import type { Stage } from "./stage.ts";

type MeasuredStage = Pick<Stage, "apiId" | "name">;

/** What API Gateway measures of a stage of a WebSocket API. */
export interface StageMetrics {
  /** A client asks for a connection, and its `$connect` is run. */
  connect(stage: MeasuredStage): void;
  /** A message, either way. */
  message(stage: MeasuredStage): void;
  /** A refusal before an integration is run. */
  clientError(stage: MeasuredStage): void;
  /** How an integration ended that took so many milliseconds. */
  integration(stage: MeasuredStage, answer: IntegrationAnswer, ms: number): void;
}

/**
 * Measures by the dimensions ApiId, and ApiId with Stage; the routes of a stage are not told apart: a stage with
 * DetailedMetricsEnabled is refused.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html
 */
export const createStageMetrics = (putMetric: PutMetric): StageMetrics => {
  const made = new Map<string, readonly Metric[]>();
  const put = ({ apiId: ApiId, name: Stage }: MeasuredStage, name: string, value: number, unit = "Count") => {
    const key = `${name} ${ApiId} ${Stage}`;
    let metrics = made.get(key);
    if (!metrics) {
      const namespace = "AWS/ApiGateway";
      metrics = [{ ApiId }, { ApiId, Stage }].map((dimensions) => ({ namespace, name, dimensions, unit }));
      made.set(key, metrics);
    }
    for (const metric of metrics) putMetric(metric, value);
  };
  return {
    connect: (stage) => put(stage, "ConnectCount", 1),
    message: (stage) => put(stage, "MessageCount", 1),
    clientError: (stage) => put(stage, "ClientError", 1),
    integration(stage, answer, ms) {
      put(stage, "IntegrationLatency", ms, "Milliseconds");
      const error = errorOf(answer);
      if (error) put(stage, error, 1);
    },
  };
};

/**
 * AWS says no more than that an IntegrationError is an error's response of the integration, and an ExecutionError one of
 * calling it: a function that failed has been called.
 */
const errorOf = (answer: IntegrationAnswer): "IntegrationError" | "ExecutionError" | undefined => {
  if (!answer.failure) return answer.response.statusCode >= 400 ? "IntegrationError" : undefined;
  return answer.failure === "function-error" || answer.failure === "malformed" ? "IntegrationError" : "ExecutionError";
};

/** Measures each call of a route's integration; a route without one has nothing to measure. */
export const measuredIntegration =
  (call: CallIntegration, { metrics, now }: { metrics: StageMetrics; now: () => number }): CallIntegration =>
  async (route, event) => {
    if (!route?.functionArn) return call(route, event);
    // The route's ARN: arn:aws:execute-api:region:account:apiId/stage/routeKey
    const [apiId = "", name = ""] = route.arn.split(":")[5]?.split("/") ?? [];
    const stage = { apiId, name };
    if (route.key === "$connect") metrics.connect(stage);
    const startedAt = now();
    const answer = await call(route, event);
    metrics.integration(stage, answer, now() - startedAt);
    return answer;
  };
