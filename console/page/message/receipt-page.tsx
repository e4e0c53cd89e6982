import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { MessageStory } from "../../contract.ts";
import { useConsole } from "../console.ts";
import type { Answer } from "../data/api.ts";
import { roomPath } from "../route.ts";
import { MessageId } from "../shared/message-id.tsx";
import { Page } from "../shared/page.tsx";
import { headline, moment } from "../shared/words.ts";
import { followStory } from "./follow-story.ts";
import { StorySummary } from "./story-summary.tsx";
import { StoryTabs } from "./story-tabs.tsx";

/** All that is known of one message. */
export const ReceiptPage = ({ id }: { id: string }) => {
  const { api, store, after } = useConsole();
  const answer = useSignal<Answer<MessageStory> | undefined>(undefined);

  useEffect(() => {
    const told = (next: Answer<MessageStory>) => {
      // What is known stays on the page while the runtime is away.
      if ("value" in next || !answer.value || "refused" in answer.value) answer.value = next;
    };
    const following = followStory(id, { story: api.story, after, told });
    const forget = store.heard.subscribe((heard) => {
      if (heard.some((message) => message.id === id)) following.refresh();
    });
    return () => {
      forget();
      following.stop();
    };
  }, [id, api, store, after, answer]);

  // The same page throughout, so that its heading keeps the focus.
  if (!answer.value) return <Page title="Looking the message up…">{null}</Page>;
  return "refused" in answer.value ? pageWithout(id, answer.value) : pageOf(answer.value.value);
};

const pageOf = (story: MessageStory) => {
  const { id, room, seq, from, received } = story.summary;
  return (
    <Page
      title={headline(story.summary)}
      above={
        <>
          <a href={roomPath(room)}>{room}</a> <span class="seq">#{seq}</span>
        </>
      }
      lead={
        <p class="facts">
          <span>
            From <b>{from}</b>
          </span>
          <time dateTime={new Date(received).toISOString()}>{moment(received)}</time>
          <MessageId id={id} />
        </p>
      }
    >
      <StorySummary story={story} />
      <StoryTabs story={story} />
    </Page>
  );
};

const pageWithout = (id: string, { refused, status }: { refused: string; status: number }) => (
  <Page
    title={status === 404 ? "This message is not in the record" : "The message cannot be shown"}
    lead={<MessageId id={id} />}
  >
    <p class="empty">
      {refused}{" "}
      {status === 404
        ? "Check that the whole id was pasted. The record keeps the newest only: an old message may have left it. Should the message still come, it shows up here by itself."
        : "This is tried again by itself."}
    </p>
  </Page>
);
