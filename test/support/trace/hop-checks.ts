import { legalName } from "../../../local/xray/recording.ts";
import { unless } from "./document-checks.ts";
import { executionOf, invocationsOf, partsOf, postsOf, type Segment, type TracedMessage, within } from "./segment.ts";

const callsOf = (documents: readonly Segment[], name: string, operation: string): Segment[] =>
  documents.flatMap(within).filter((one) => one.name === name && one.aws?.operation === operation);

/** The call by which `publish` announces the message. */
const announcementOf = ({ publish, documents }: TracedMessage): Segment | undefined =>
  callsOf(invocationsOf(publish, documents), "EventBridge", "PutEvents")[0];

/** `publish` has put its event, as one call of a service of AWS. */
export const check9PublishPutsAnEvent = (message: TracedMessage): string[] => {
  const call = announcementOf(message);
  if (!call) return ["publish has no subsegment of PutEvents"];
  return unless(
    call.namespace === "aws" && call.http?.response?.status === 200,
    call,
    "is no call of AWS with status 200",
  );
};

/** The execution is below that call, in the same trace. */
export const check10ExecutionIsBelowTheEvent = (message: TracedMessage): string[] => {
  const [execution, call] = [executionOf(message), announcementOf(message)];
  if (!execution || !call) return ["there is no execution, or no event"];
  return unless(execution.parent_id === call.id, execution, `is below ${execution.parent_id}, and not ${call.id}`);
};

/**
 * The execution has a subsegment for each state entered, one after the other as the definition has them, and in the Map
 * one for each recipient.
 */
export const check11ExecutionHasItsStates = (message: TracedMessage): string[] => {
  const { machine, recipients } = message;
  const states = executionOf(message)?.subsegments ?? [];
  const { StartAt, States } = machine.definition;
  const byLegalName = new Map(Object.keys(States).map((state) => [legalName(state), state]));
  const next = (segment: Segment): (string | undefined)[] => {
    const state = States[byLegalName.get(segment.name) ?? ""] ?? {};
    const rules = [state, ...(state.Choices ?? []), ...(state.Catch ?? []), { Next: state.Default }];
    return rules.map(({ Next }) => Next && legalName(Next));
  };
  const rounds = states.filter(({ name }) => States[byLegalName.get(name) ?? ""]?.Type === "Map");
  const [first] = rounds;
  const last = states.at(-1);
  return [
    ...(states[0]?.name === legalName(StartAt) ? [] : [`it begins with ${states[0]?.name}`]),
    ...states.slice(1).flatMap((state, index) => {
      const before = states[index] as Segment;
      return unless(next(before).includes(state.name), state, `does not follow ${before.name}`);
    }),
    ...(last && next(last).every((name) => name === undefined) ? [] : [`it ends with ${last?.name}`]),
    ...(first?.subsegments?.length === recipients
      ? []
      : [`${first?.subsegments?.length} iterations in the first round`]),
  ];
};

/** Each recipient has a post, and each post that was throttled one more. */
export const check12EachRecipientHasAPost = (message: TracedMessage): string[] => {
  const posts = postsOf(message);
  const expected = message.recipients + message.throttled;
  return posts.length === expected ? [] : [`${posts.length} posts, and ${expected} are due`];
};

/** Each post has called `@connections`. */
export const check13PostsCallTheConnections = (message: TracedMessage): string[] =>
  postsOf(message).flatMap((post) => {
    const [call] = callsOf([post], "ApiGatewayManagementApi", "PostToConnection");
    if (!call) return unless(false, post, "has no call of @connections");
    const status = call.http?.response?.status ?? 0;
    return unless(call.namespace === "aws" && [200, 410, 429].includes(status), call, `has the status ${status}`);
  });

/** Calls of DynamoDB name their operation and a table that there is. */
export const check14TablesAreNamed = ({ documents, tables }: TracedMessage): string[] => {
  const calls = partsOf(documents).flatMap(({ segment }) => (segment.name === "DynamoDB" ? [segment] : []));
  return [
    ...(calls.length > 0 ? [] : ["there is no call of DynamoDB"]),
    ...calls.flatMap((call) => [
      ...unless(call.namespace === "aws" && !!call.aws?.operation, call, "names no operation"),
      ...unless(tables.includes(call.aws?.table_name ?? ""), call, `names no table: ${call.aws?.table_name}`),
    ]),
  ];
};

/** The message's id and room are annotated where it is published and where it is posted, alike. */
export const check16AnnotationsAgree = (message: TracedMessage): string[] => {
  const { id, room, publish, documents } = message;
  const annotations = partsOf(documents).flatMap(({ segment }) => Object.entries(segment.annotations ?? {}));
  const both = [...invocationsOf(publish, documents), ...postsOf(message)];
  return [
    ...annotations
      .filter(([key, value]) => !/^\w+$/.test(key) || !["string", "number", "boolean"].includes(typeof value))
      .map(([key]) => `${key} is no annotation`),
    ...both.flatMap((invocation) => {
      const own = Object.assign({}, ...within(invocation).map((part) => part.annotations));
      return unless(
        own.messageId === id && own.room === room,
        invocation,
        "is not annotated with the message's id and room",
      );
    }),
  ];
};
