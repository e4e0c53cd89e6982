import { expect, test } from "vitest";
import { templateWith } from "./app-with.ts";

/** Which of these variables each function has, by its handler; those that have none are left out. */
const told = (names: readonly string[], config?: Parameters<typeof templateWith>[0]) =>
  Object.fromEntries(
    templateWith(config).functions.flatMap(({ Properties }) => {
      const { Variables } = Properties.Environment as { Variables: Record<string, unknown> };
      const having = Object.fromEntries(names.flatMap((name) => (name in Variables ? [[name, Variables[name]]] : [])));
      return Object.keys(having).length === 0 ? [] : [[String(Properties.Handler).replace(".handler", ""), having]];
    }),
  );

const TOKENS = [
  "ALLOWED_ORIGINS",
  "TOKEN_ISSUER",
  "TOKEN_AUDIENCE",
  "TOKEN_KEYS_URI",
  "TOKEN_ROOMS_CLAIM",
  "TOKEN_DEFAULT_ROOMS",
  "TOKEN_CLOCK_SKEW_SECONDS",
];

test("by default the authorizer is told of no tokens and no origins: everybody is a guest", () => {
  expect(told(TOKENS)).toEqual({});
});

test("what tokens are asked for is told to the authorizer, and to nobody else", () => {
  const config = {
    tokenIssuer: "https://login.example",
    tokenAudience: "chat,admin",
    tokenDefaultRooms: '["lobby"]',
    allowedOrigins: ["https://a.example", "https://b.example"],
  };
  expect(told(TOKENS, config)).toEqual({
    authorize: {
      ALLOWED_ORIGINS: "https://a.example,https://b.example",
      TOKEN_ISSUER: "https://login.example",
      TOKEN_AUDIENCE: "chat,admin",
      TOKEN_KEYS_URI: "https://login.example/.well-known/jwks.json",
      TOKEN_ROOMS_CLAIM: "rooms",
      TOKEN_DEFAULT_ROOMS: '["lobby"]',
      TOKEN_CLOCK_SKEW_SECONDS: "60",
    },
  });
});

test("every function of a frame is told how many frames one connection may send", () => {
  const limits = { CONNECTION_FRAMES_PER_SECOND: "3", CONNECTION_FRAMES_BURST: "9" };
  const routes = ["default", "history", "join", "leave", "members", "ping", "publish", "typing"];
  expect(told(Object.keys(limits), { connectionFramesPerSecond: 3, connectionFramesBurst: 9 })).toEqual(
    Object.fromEntries(routes.map((name) => [name, limits])),
  );
});

test("how many messages a room takes is told to those who publish, and to the fan-out that reckons a message's turn", () => {
  const config = { roomMessagesPerSecond: 7 };
  const limit = { ROOM_MESSAGES_PER_SECOND: "7" };
  expect(told(Object.keys(limit), config)).toEqual({ publish: limit, "publish-requested": limit });
  const rates = templateWith(config)
    .ofType("AWS::StepFunctions::StateMachine")
    .flatMap(({ Properties }) => (Properties.DefinitionSubstitutions as Record<string, unknown>).RoomMessageRate ?? []);
  expect(rates).toEqual(["7"]);
});
