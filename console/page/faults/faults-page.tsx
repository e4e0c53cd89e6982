import { useConsole } from "../console.ts";
import { Page } from "../shared/page.tsx";
import { FaultForm } from "./fault-form.tsx";

/** What may go wrong on AWS, switched on and off here. */
export const FaultsPage = () => {
  const faults = useConsole().store.overview.value?.faults;
  return (
    <Page
      title="Faults"
      lead={
        <p>
          What may go wrong on AWS, on demand. <code>5%</code> strikes on a share of the occasions, <code>#3</code> on
          the third and no other, a time such as <code>500ms</code> where a fault takes one.
        </p>
      }
    >
      {faults && (
        <ul class="panel faults">
          {faults.map((fault) => (
            <FaultForm key={fault.name} fault={fault} />
          ))}
        </ul>
      )}
    </Page>
  );
};
