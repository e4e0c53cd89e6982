/** The routes that a frame can name in `message`: `FRAMES` in `frames.ts` says what else such a frame has. */
export const ROUTES = ["join", "leave", "publish", "history", "members", "typing", "ping"] as const;
export type RouteName = (typeof ROUTES)[number];
