import * as v from "valibot";
import { ANSWERS, FRAMES_TO_MEMBERS } from "../../functions/protocol/answers.ts";
import { FRAMES } from "../../functions/protocol/frames.ts";
import { ROUTES } from "../../functions/protocol/routes.ts";
import { ANSWERED, TOLD_TO_MEMBERS } from "./answers.ts";
import { GatewayAnswer } from "./gateway-answer.ts";
import { jsonSchemaOf } from "./json-schema.ts";
import { REQUESTS } from "./requests.ts";

/** The name of a message: a client's `history` and its answer are of one word on the wire, but two messages. */
export const nameOf = {
  request: (route: string) => `${route}Request`,
  answer: (type: string) => `${type}Answer`,
  toMembers: (type: string) => `${type}ToMembers`,
};

/** API Gateway's own answer. */
export const GATEWAY_ANSWER = "gatewayAnswer";

/** A Message Object. */
const message = (name: string, summary: string, schema: AnyObject, examples: readonly object[]) => ({
  name,
  summary,
  ...("ref" in schema.entries && { correlationId: { $ref: "#/components/correlationIds/ref" } }),
  payload: jsonSchemaOf(schema),
  examples: examples.map((payload) => ({ payload })),
});

type AnyObject = v.ObjectSchema<v.ObjectEntries, undefined>;

/** All messages that go over the connection, by name. */
export const messages = (): Record<string, ReturnType<typeof message>> => {
  const requests = ROUTES.map((route) => {
    const { summary, examples } = REQUESTS[route];
    // The routes themselves do not look at `message`: API Gateway has chosen them by it.
    const schema = v.object({ message: v.literal(route), ...FRAMES[route].entries });
    const whole = examples.map((example) => ({ message: route, ...example }));
    return message(nameOf.request(route), summary, schema, whole);
  });
  const answers = keysOf(ANSWERS).map((type) => {
    const { summary, examples } = ANSWERED[type];
    return message(nameOf.answer(type), summary, ANSWERS[type], typed(type, examples));
  });
  const toMembers = keysOf(FRAMES_TO_MEMBERS).map((type) => {
    const { summary, examples } = TOLD_TO_MEMBERS[type];
    return message(nameOf.toMembers(type), summary, FRAMES_TO_MEMBERS[type], typed(type, examples));
  });
  const gateway = message(GATEWAY_ANSWER, "API Gateway could not run the route.", GatewayAnswer, [
    { message: "Internal server error", connectionId: "PzLi8dBFIAMCIuA=", requestId: "PzLjFHYZoAMFqOQ=" },
  ]);
  return Object.fromEntries([...requests, ...answers, ...toMembers, gateway].map((each) => [each.name, each]));
};

const typed = (type: string, examples: readonly object[]) => examples.map((example) => ({ type, ...example }));

/** The keys of a table, of which every key is known to the compiler. */
export const keysOf = <Table extends object>(table: Table) => Object.keys(table) as (keyof Table & string)[];
