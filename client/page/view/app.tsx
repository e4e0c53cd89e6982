import { usePage } from "../page-context.ts";
import { RoomView } from "./room-view.tsx";
import { Rooms } from "./rooms.tsx";
import { Welcome } from "./welcome.tsx";

/** @param isReady whether the page knows its server */
export const App = ({ isReady }: { isReady: boolean }) => {
  const { chat, navigation, words } = usePage();
  const name = navigation.room.value;
  if (!isReady)
    return (
      <main class="welcome">
        <h1>Roomcast</h1>
        <p role="alert">{words.value.noServer}</p>
      </main>
    );
  if (!chat.value) return <Welcome />;
  const room = chat.value.rooms.value.find((known) => known.name === name);
  return (
    <div class={room ? "shell has-room" : "shell"}>
      <Rooms />
      {room ? (
        <RoomView key={room.name} room={room} />
      ) : (
        <main class="no-room">
          <p>{words.value.noRoom}</p>
        </main>
      )}
    </div>
  );
};
