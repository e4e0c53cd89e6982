import type { Page } from "playwright-core";
import type { Scene } from "./scenes.ts";

/** The moment of an hour, such as `19:44`, on the day of the pictures and in their time zone, UTC. */
const momentOf = (hour: string): number => Date.parse(`2026-11-27T${hour}:00Z`);

/**
 * Makes it the hour of the scene on a page. What takes people a quarter of an hour is said in a second here, at whatever
 * time of the day; so the history comes to the page with the hours of the lines, and each picture is like the last.
 * @param endpoint the WebSocket endpoint that the page connects to
 */
export const setHours = async (page: Page, { now, rooms }: Scene, endpoint: string): Promise<void> => {
  const lines = new Map(rooms.map(({ name, lines }) => [name, lines]));
  await page.clock.setFixedTime(momentOf(now));
  await page.routeWebSocket(
    ({ href }) => href.startsWith(endpoint),
    (socket) => {
      socket.connectToServer().onMessage((text) => {
        const frame = JSON.parse(String(text));
        for (const message of frame.messages ?? []) {
          const line = lines.get(frame.room)?.[message.seq - 1];
          if (line) message.received = momentOf(line.at);
        }
        socket.send(JSON.stringify(frame));
      });
    },
  );
};
