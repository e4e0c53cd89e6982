import * as v from "valibot";

/**
 * What a handler behind an AWS_PROXY integration has to return: an object with a status code, and a body, if there is
 * one, that is text. https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
const proxyResponse = v.object({
  // 1xx would end in an upgrade that nobody meant.
  statusCode: v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.transform(Number))]),
    v.integer(),
    v.minValue(200),
    v.maxValue(599),
  ),
  headers: v.nullish(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))),
  multiValueHeaders: v.nullish(v.record(v.string(), v.array(v.string()))),
  body: v.nullish(v.string()),
});

export type ProxyResponse = v.InferOutput<typeof proxyResponse>;

/** Reads a handler's answer, JSON text; undefined for one that is malformed. */
export const readProxyResponse = (payload: string): ProxyResponse | undefined => {
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), proxyResponse), payload);
  return result.success ? result.output : undefined;
};

const token = /^[!#$%&'*+.^_`|~\w-]+$/;

/** The subprotocol that `$connect` chose by its `Sec-WebSocket-Protocol` header, in any case; undefined for none. */
export const chosenProtocol = ({ headers, multiValueHeaders }: ProxyResponse): string | undefined => {
  const all = [
    ...Object.entries(headers ?? {}),
    ...Object.entries(multiValueHeaders ?? {}).map(([name, values]) => [name, values[0]] as const),
  ];
  const value = all.find(([name]) => name.toLowerCase() === "sec-websocket-protocol")?.[1];
  return value !== undefined && token.test(String(value)) ? String(value) : undefined;
};
