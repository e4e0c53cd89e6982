import * as v from "valibot";
import { Refusal } from "./refusal.ts";
import { RoomName } from "./room-name.ts";
import { clientSecret } from "./subprotocols.ts";

const Secret = v.pipe(
  v.string(),
  v.minLength(22, "`client` has at least 22 characters: 128 random bits or more, for example 22 of base64url."),
  v.maxLength(256, "`client` has at most 256 characters."),
  v.description(
    "A secret that a guest's client makes once and keeps: 128 random bits or more. The guest's id is its hash.",
  ),
);

const Name = v.pipe(
  v.string(),
  v.maxLength(64, "`name` has at most 64 characters."),
  v.check((name) => !/\p{Cc}/u.test(name), "`name` has no control characters."),
  v.description("How others see the guest: cosmetic, without control characters."),
);

const Token = v.pipe(
  v.string(),
  v.description(
    "A JSON Web Token, where the deployment asks for one: it then says who connects and which rooms they may use.",
  ),
);

/** The query of an upgrade. */
export const ConnectQuery = v.object({
  room: v.optional(RoomName),
  name: v.optional(Name, ""),
  client: v.optional(Secret),
  token: v.optional(Token),
});

/** What a client may say as it connects. @throws Refusal naming the parameter that is wrong */
export const parseConnect = (
  query: Readonly<Record<string, string | undefined>>,
  protocols: readonly string[],
): v.InferOutput<typeof ConnectQuery> => {
  const read = v.safeParse(ConnectQuery, { ...query, client: clientSecret(query, protocols) }, { abortEarly: true });
  if (read.success) return read.output;
  throw new Refusal(read.issues[0].path?.[0]?.key === "room" ? "BAD_ROOM" : "BAD_FRAME", read.issues[0].message);
};
