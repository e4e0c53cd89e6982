import type { MessageStory } from "../../contract.ts";
import { useConsole } from "../console.ts";
import { DeadLetterDesk } from "../dead-letters/dead-letter-desk.tsx";
import { type Tab, Tabs } from "../shared/tabs.tsx";
import { count } from "../shared/words.ts";
import { ExecutionTab } from "./execution-tab.tsx";
import { LogTab } from "./log-tab.tsx";
import { RecipientsTab } from "./recipients-tab.tsx";
import { TraceTab } from "./trace-tab.tsx";

/** The story's parts. The address names the one that is shown. */
export const StoryTabs = ({ story }: { story: MessageStory }) => {
  const { navigation } = useConsole();
  const { recipients, trace, machines, lines, deadLetters } = story;
  const tabs: Tab[] = [
    {
      id: "recipients",
      label: "Recipients",
      count: count(recipients.length),
      content: () => <RecipientsTab story={story} />,
    },
    { id: "trace", label: "Trace", content: () => <TraceTab trace={trace} /> },
    { id: "execution", label: "Execution", content: () => <ExecutionTab machines={machines} /> },
    {
      id: "log",
      label: "Log",
      count: count(lines.length),
      content: () => <LogTab lines={lines} received={story.summary.received} />,
    },
    {
      id: "dead-letters",
      label: "Dead letters",
      count: count(deadLetters.length),
      content: () => <DeadLetterDesk letters={deadLetters} none="Nothing of this message was given up." />,
    },
  ];
  return <Tabs name="The message's story" tabs={tabs} shown={navigation.part.value} onShow={navigation.showPart} />;
};
