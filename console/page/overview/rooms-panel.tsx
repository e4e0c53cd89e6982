import { useConsole } from "../console.ts";
import { roomPath } from "../route.ts";
import { Panel } from "../shared/panel.tsx";
import { moveBetweenRows } from "../shared/row-keys.ts";
import { count } from "../shared/words.ts";

const SHOWN = 12;

/** The busiest rooms. */
export const RoomsPanel = () => {
  const rooms = useConsole().store.overview.value?.rooms;
  return (
    <Panel title="Rooms" aside={rooms && rooms.length > SHOWN && `The busiest ${SHOWN} of ${count(rooms.length)}`}>
      {rooms && rooms.length > 0 && (
        <table class="rooms" onKeyDown={moveBetweenRows}>
          <caption class="unseen">Rooms, those with most messages first</caption>
          <thead>
            <tr>
              <th scope="col">Room</th>
              <th scope="col" class="number">
                Members
              </th>
              <th scope="col" class="number">
                Messages a minute
              </th>
            </tr>
          </thead>
          <tbody>
            {rooms.slice(0, SHOWN).map(({ room, members, messagesPerMinute }) => (
              <tr key={room}>
                <td>
                  <a class="row-link" data-row href={roomPath(room)}>
                    {room}
                  </a>
                </td>
                <td class="number">{count(members)}</td>
                <td class="number">{count(messagesPerMinute)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rooms?.length === 0 && (
        <p class="empty">
          Nobody is connected. Try: <code>npm run chat -- --room lobby --name ann</code>
        </p>
      )}
    </Panel>
  );
};
