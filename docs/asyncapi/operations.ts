import { FRAMES_TO_MEMBERS } from "../../functions/protocol/answers.ts";
import { ROUTES, type RouteName } from "../../functions/protocol/routes.ts";
import { TOLD_TO_MEMBERS } from "./answers.ts";
import { CONNECTION, onConnection } from "./connection.ts";
import { GATEWAY_ANSWER, keysOf, nameOf } from "./messages.ts";
import { REQUESTS } from "./requests.ts";

/** A frame that a client sends, with everything that may answer it. */
const received = (route: RouteName) => {
  const { summary, answer } = REQUESTS[route];
  const answers = answer ? [nameOf.answer(answer), nameOf.answer("error")] : [];
  return {
    action: "receive",
    channel: CONNECTION,
    summary,
    messages: [onConnection(nameOf.request(route))],
    reply: { channel: CONNECTION, messages: [...answers, GATEWAY_ANSWER].map(onConnection) },
  };
};

/** A frame that members get unasked. */
const sent = (type: keyof typeof FRAMES_TO_MEMBERS) => ({
  action: "send",
  channel: CONNECTION,
  summary: TOLD_TO_MEMBERS[type].summary,
  messages: [onConnection(nameOf.toMembers(type))],
});

const capitalized = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** The Operations Object: `receive` for each route that a frame can name, `send` for each frame to members. */
export const operations = () => ({
  ...Object.fromEntries(ROUTES.map((route) => [`receive${capitalized(route)}`, received(route)])),
  ...Object.fromEntries(keysOf(FRAMES_TO_MEMBERS).map((type) => [`send${capitalized(type)}`, sent(type)])),
});
