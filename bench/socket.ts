import { WebSocket } from "ws";

/** Opens a socket. A connection that breaks later shows in what it has not got. @throws Error where it is refused */
export const openSocket = async (url: string): Promise<WebSocket> => {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await new Promise<void>((resolve, reject) => {
    socket.once("open", () => resolve());
    socket.once("error", reject);
  });
  socket.on("error", () => {});
  return socket;
};
