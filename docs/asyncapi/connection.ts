import { ConnectQuery } from "../../functions/protocol/connect-query.ts";
import { SUBPROTOCOL } from "../../functions/protocol/subprotocols.ts";
import { jsonSchemaOf } from "./json-schema.ts";

/** The Channel that every operation is on: a WebSocket has one. */
export const CONNECTION = { $ref: "#/channels/connection" } as const;

/** A reference to a message of the channel. */
export const onConnection = (message: string) => ({ $ref: `${CONNECTION.$ref}/messages/${message}` });

/** Where the servers are. */
export const servers = () => ({
  local: {
    host: "127.0.0.1:3000",
    pathname: "/dev",
    protocol: "ws",
    summary: "What `npm start` runs.",
  },
  aws: {
    host: "{api}.execute-api.{region}.amazonaws.com",
    pathname: "/{stage}",
    protocol: "wss",
    summary: "A deployment: the stack's output `WebSocketEndpoint`.",
    variables: {
      api: { description: "The id of the WebSocket API.", examples: ["abcdefghij"] },
      region: { default: "us-east-1" },
      stage: { default: "dev" },
    },
  },
});

const SUBPROTOCOLS = [
  `\`${SUBPROTOCOL}\` is echoed if it is offered.`,
  "`client.{secret}`, offered beside it, has the secret of the parameter `client`, which then stands in no URL.",
  "`bearer.{token}`, likewise, has the token of the parameter `token`.",
].join(" ");

/** The Channel Object. @param messages the names of all messages */
export const connection = (messages: readonly string[]) => ({
  address: "/",
  title: "The connection",
  description: [
    "A connection that is opened with `room` is in that room from the start, and no frame tells it so.",
    "A parameter that is wrong answers the upgrade with 400; 401 is answered where a token is asked for and none is there, 403 where a token is bad or does not allow the room, where the page's site is not allowed, and to somebody who is barred, 429 to somebody who has too many connections or where there are too many upgrades.",
    "A connection is ended after 10 minutes without a frame in either direction, and after 2 hours in any case.",
  ].join(" "),
  messages: Object.fromEntries(messages.map((name) => [name, { $ref: `#/components/messages/${name}` }])),
  bindings: {
    ws: {
      method: "GET",
      query: jsonSchemaOf(ConnectQuery),
      headers: {
        type: "object",
        properties: {
          "Sec-WebSocket-Protocol": {
            type: "string",
            description: SUBPROTOCOLS,
            examples: [`${SUBPROTOCOL}, client.AdaHLLIOJBQsno4kaujroQ`],
          },
        },
      },
      bindingVersion: "0.1.0",
    },
  },
});
