import type { MessageStory } from "../../contract.ts";
import { useConsole } from "../console.ts";
import { OutcomeBar } from "../shared/outcome-bar.tsx";
import { count, milliseconds } from "../shared/words.ts";
import { ArrivalsChart } from "./arrivals-chart.tsx";
import { arrivalsOf, OUTCOMES, tally } from "./outcomes.ts";

const STEPS = 72;

/** How it came out, and when they got it. */
export const StorySummary = ({ story }: { story: MessageStory }) => {
  const { navigation } = useConsole();
  const counts = tally(story.recipients);
  const retried = story.recipients.filter(({ tries }) => tries > 1).length;
  const arrivals = arrivalsOf(story, STEPS);
  if (story.recipients.length === 0) return null;
  return (
    <section class="panel summary" aria-label="Outcome">
      <div class="outcomes">
        <OutcomeBar parts={counts} />
        <ul>
          {OUTCOMES.map(
            (outcome) =>
              counts[outcome] > 0 && (
                <li key={outcome}>
                  <i class={`dot is-${outcome}`} aria-hidden="true" />
                  <b>{count(counts[outcome])}</b> {outcome}
                </li>
              ),
          )}
          {retried > 0 && (
            <li>
              <i class="dot is-retried" aria-hidden="true" />
              <b>{count(retried)}</b> posted to more than once
            </li>
          )}
          {story.deadLetters.length > 0 && (
            <li>
              <i class="dot is-failed" aria-hidden="true" />
              <button type="button" class="link" onClick={() => navigation.showPart("dead-letters")}>
                <b>{count(story.deadLetters.length)}</b> in the dead letters
              </button>
            </li>
          )}
        </ul>
      </div>
      {arrivals && (
        <div class="arrivals">
          <ArrivalsChart arrivals={arrivals} />
          <p>
            Half had it after <b>{milliseconds(arrivals.half)}</b>,{" "}
            {counts.delivered >= 100 && (
              <>
                99 of 100 after <b>{milliseconds(arrivals.most)}</b>,{" "}
              </>
            )}
            the last after <b>{milliseconds(arrivals.last)}</b>.
          </p>
        </div>
      )}
    </section>
  );
};
