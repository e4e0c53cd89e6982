import type { Logger } from "@aws-lambda-powertools/logger";

type Level = "debug" | "info" | "warn" | "error";
type Write = (text: string, more?: Error | Readonly<Record<string, unknown>>) => void;

/**
 * Writes a line, as one JSON object: what happened once for each delivery at `debug`, what is a problem always. Never
 * what people say to each other, and no secret.
 */
export type Log = Readonly<Record<Level, Write>>;

/**
 * A log whose lines have the fields of `about`, as they are when the line is written. The Logger is told of them only
 * then: most deliveries write no line.
 */
export const logAbout = (logger: Logger, about: Readonly<Record<string, string>>): Log => {
  const writing =
    (level: Level): Write =>
    (text, more = {}) => {
      logger.resetKeys();
      logger.appendKeys(about);
      logger[level](text, more as Error);
    };
  return { debug: writing("debug"), info: writing("info"), warn: writing("warn"), error: writing("error") };
};
