import { unless } from "./document-checks.ts";
import { partsOf, postsOf, type TracedMessage, under, within } from "./segment.ts";

/**
 * A 4xx is an error, a 429 a throttle besides, a 5xx a fault; a fault says its cause. A connection that was found gone is
 * no fault of the post.
 */
export const check15FlagsTellTheOutcome = (message: TracedMessage): string[] => [
  ...partsOf(message.documents).flatMap(({ segment }) => {
    const status = segment.http?.response?.status ?? 200;
    return [
      ...unless(status < 400 || status >= 500 || segment.error === true, segment, `is no error, with ${status}`),
      ...unless(status !== 429 || segment.throttle === true, segment, "is no throttle, with 429"),
      ...unless(status < 500 || segment.fault === true, segment, `is no fault, with ${status}`),
      ...unless(!segment.fault || segment.cause !== undefined, segment, "is a fault without a cause"),
    ];
  }),
  ...postsOf(message).flatMap((post) => {
    const gone = within(post).some(({ http }) => http?.response?.status === 410);
    return unless(!gone || !post.fault, post, "is a fault, and its connection was gone");
  }),
];

/** Of a message that is not sampled there is nothing. @param documents all that are found by its id or its trace */
export const check17NothingUnsampled = (documents: TracedMessage["documents"]): string[] =>
  documents.flatMap((document) => unless(false, document, "is there"));

/** A post that was throttled is there beside the one that took its place, each an invocation of its own. */
export const check18RetriesAreInvocations = (message: TracedMessage): string[] => {
  const posts = postsOf(message);
  const failed = posts.filter(({ fault }) => fault);
  const ids = new Set(posts.flatMap((post) => under(post.id, message.documents).map(({ id }) => id)));
  const parts = posts.flatMap((post) => under(post.id, message.documents));
  return [
    ...(failed.length === message.throttled ? [] : [`${failed.length} posts have failed`]),
    ...(ids.size === parts.length ? [] : ["two invocations have an id in common"]),
  ];
};
