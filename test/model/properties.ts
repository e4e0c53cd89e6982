import type { Message } from "../../functions/aws/messages.ts";
import { PUBLISH_TIMEOUT_SECONDS } from "../../functions/contracts/publishing.ts";
import { IMPATIENT, type Published, type Stay } from "./person.ts";
import type { Roomcast } from "./roomcast.ts";

/** After that whoever was the first to publish a message must have ended, and another copy would have seen so. */
const ENDED_MS = 2 * PUBLISH_TIMEOUT_SECONDS * 1_000;
/** What takes no longer in fair weather was delivered, and not fetched after a ping. */
const PROMPT_MS = 1_000;

const placeOf = ({ room, seq }: { readonly room: string; readonly seq: number }) => `${room} ${seq}`;
const twice = (values: readonly string[]) => [...new Set(values.filter((value, at) => values.indexOf(value) !== at))];

/**
 * What is wrong with the rooms, as sentences; nothing where all is as promised.
 * @param rooms the rooms' names
 */
export const wrongInRooms = (
  { told, announced, messagesOf }: Pick<Roomcast, "told" | "announced" | "messagesOf">,
  rooms: readonly string[],
): string[] => {
  const messages = rooms.flatMap(messagesOf);
  const kept = new Map(messages.map((message) => [placeOf(message), message]));
  const acks = told.flatMap(({ at, answer }) => (answer.type === "ack" ? [{ at, ...answer }] : []));
  const skipped = told.flatMap(({ answer }) =>
    answer.type === "history" ? answer.skipped.map((seq) => placeOf({ room: answer.room, seq })) : [],
  );
  const idsByRef = Map.groupBy(
    acks.filter(({ ref }) => ref !== undefined),
    ({ ref }) => ref,
  );
  return [
    ...twice(messages.map(({ id }) => id)).map((id) => `The message ${id} has several numbers.`),
    ...twice(messages.map(({ data }) => String(data))).map((data) => `"${data}" is several messages.`),
    ...messages
      .filter(({ room, data }) => !String(data).includes(` ${room} `))
      .map(({ room, data }) => `"${data}" is in ${room}.`),
    ...acks
      .filter((ack) => kept.get(placeOf(ack))?.id !== ack.id)
      .map(({ id, room, seq }) => `${id} was acked as ${room} ${seq} and is not there.`),
    ...[...idsByRef]
      .filter(([, of]) => new Set(of.map(placeOf)).size > 1)
      .map(([ref, of]) => `The ref ${ref} was acked as ${of.map(placeOf)}.`),
    ...acks
      .filter(({ at, received, id }) => at >= received + ENDED_MS && !announced.has(id))
      .map(({ id }) => `${id} was acked when all who might announce it had ended, and was not announced.`),
    ...[...new Set(skipped)]
      .filter((place) => kept.has(place))
      .map((place) => `${place} was skipped and is a message.`),
  ];
};

/** What is wrong with what an application was given during a stay in a room. */
export const wrongInStay = (stay: Stay, who: string, messages: readonly Message[]): string[] => {
  const { room, since, given, missed, published } = stay;
  const where = `${who} in ${room.name}`;
  if (since === undefined) {
    if (room.state !== "left") return [`${where} never joined.`];
    return given.length > 0 ? [`${where} was given messages without having joined.`] : [];
  }
  const last = room.state === "left" ? (given.at(-1)?.seq ?? since) : Number.POSITIVE_INFINITY;
  const due = messages.filter(({ seq }) => seq > since && seq <= last).map(textOf);
  const got = given.map(textOf);
  const sent = published.flatMap(({ outcome }) => (typeof outcome === "object" && "seq" in outcome ? [outcome] : []));
  return [
    ...(got.join() === due.join() ? [] : [`${where}, since ${since}, was given [${got}], not [${due}].`]),
    ...missed.map(({ from, to, reason }) => `${where} missed ${from} to ${to}: ${reason}.`),
    ...given
      .filter((message) => message.room !== room.name)
      .map((message) => `${where} was given ${message.seq} of ${message.room}.`),
    ...given
      .filter(({ mine, seq, data }) =>
        mine ? !published.some((call) => call.data === data) : sent.some((own) => own.seq === seq),
      )
      .map(({ seq, mine }) => `${where} was told that ${seq} is ${mine ? "" : "not "}its own.`),
    ...published.flatMap((call) => wrongInPublished(call, stay, messages).map((wrong) => `${where}: ${wrong}`)),
    ...sent.flatMap(({ seq }, at) =>
      at > 0 && sent[at - 1]!.seq > seq ? [`${where}: ${sent[at - 1]!.seq} was published before ${seq}.`] : [],
    ),
  ];
};

/** The client's own refusals: of what was given up, or had no place in the queue. */
const OWN_CODES = [IMPATIENT.code, "QUEUE_FULL"];

const wrongInPublished = ({ data, outcome }: Published, { room }: Stay, messages: readonly Message[]): string[] => {
  if (outcome === "waiting") return [`"${data}" was never settled.`];
  const found = messages.find((message) => message.data === data);
  if ("id" in outcome)
    return found?.id === outcome.id && found.seq === outcome.seq ? [] : [`"${data}" is not ${outcome.seq}.`];
  if (outcome.code === "QUEUE_FULL" && found) return [`"${data}" was refused and is ${found.seq}.`];
  return room.state === "left" || OWN_CODES.includes(outcome.code) ? [] : [`"${data}" was refused: ${outcome.code}.`];
};

/** What an application was given so late that it must have been fetched. */
export const lateInStay = ({ room, given }: Stay, who: string): string[] =>
  given
    .filter(({ at, received }) => at > received + PROMPT_MS)
    .map(({ seq, at, received }) => `${who} in ${room.name} was given ${seq} after ${at - received} ms.`);

const textOf = ({ seq, id, data }: Pick<Message, "seq" | "id" | "data">) => `${seq} ${id} ${JSON.stringify(data)}`;
