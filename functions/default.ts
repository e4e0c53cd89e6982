import { Refusal } from "./protocol/refusal.ts";
import { ROUTES } from "./protocol/routes.ts";
import { type Route, route } from "./runtime/route.ts";

/** The `$default` route: where every frame ends that names no route. It only says what is wrong with it. */
export const unknownRoute: Route = async ({ body, observe }) => {
  const known = ROUTES.map((name) => `"${name}"`).join(", ");
  if (ROUTES.some((name) => name === body.message)) {
    observe.log.error(
      `The API has no route "${body.message}", so its frames come to $default. The CDK app in infra/ adds it.`,
    );
    throw new Refusal("UNKNOWN_ROUTE", `"${body.message}" is not served here.`);
  }
  if (typeof body.message !== "string")
    throw new Refusal("BAD_FRAME", `\`message\` says what the frame asks for: it is one of ${known}.`);
  throw new Refusal("UNKNOWN_ROUTE", `\`message\` is not one of ${known}.`);
};

export const handler = route(
  () => unknownRoute,
  () => undefined,
);
