import type { Clock } from "../clock.ts";

/** One line of a log group. */
export interface LogEvent {
  /** 1, 2, 3… within its group. */
  readonly id: number;
  /** When it was taken in: Unix time in milliseconds. */
  readonly at: number;
  readonly stream: string;
  readonly message: string;
}

/** A log stream that has events. Times are Unix time in milliseconds. */
export interface LogStream {
  readonly name: string;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** The lines of one group, as many of the latest as fit. */
export interface LogGroup {
  append(stream: string, message: string): void;
  /** Puts older lines before those that there are: only as long as no id of an event is known to anybody. */
  prepend(older: readonly Omit<LogEvent, "id">[]): void;
  /** The events that are kept, oldest first. */
  events(): LogEvent[];
  /** The streams that events are kept of. */
  streams(): LogStream[];
  /** Bytes that the events count, as CloudWatch Logs counts them. */
  bytes(): number;
}

interface Needs {
  readonly clock: Pick<Clock, "now">;
  /** Nothing older is kept: milliseconds. */
  readonly retentionMs: number;
  /** Above this, the oldest events go. */
  readonly capacityBytes?: number;
}

/** About 20,000 lines of a Lambda function: hours of talk, or the last minutes under load. */
const CAPACITY_BYTES = 4 * 1024 * 1024;

/** What CloudWatch Logs counts an event besides its message, https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const OVERHEAD_BYTES = 26;

/** Makes an empty group. To append costs the same however many there are: a load test writes thousands a second. */
export const createLogGroup = ({ clock, retentionMs, capacityBytes = CAPACITY_BYTES }: Needs): LogGroup => {
  let events: LogEvent[] = [];
  /** Where the kept events begin in `events`: to shift them for each that goes would cost as many moves. */
  let oldest = 0;
  let bytes = 0;
  let lastId = 0;
  let streams = new Map<string, { name: string; firstAt: number; lastAt: number; held: number }>();

  const dropOldest = () => {
    const dropped = events[oldest];
    if (!dropped) return;
    oldest++;
    bytes -= sizeOf(dropped.message);
    const stream = streams.get(dropped.stream);
    if (stream && --stream.held === 0) streams.delete(stream.name);
    if (oldest > 1_000 && oldest > events.length / 2) {
      events = events.slice(oldest);
      oldest = 0;
    }
  };
  const dropExpired = () => {
    const since = clock.now() - retentionMs;
    for (let first = events[oldest]; first && first.at < since; first = events[oldest]) dropOldest();
  };

  const add = ({ at, stream: name, message }: Omit<LogEvent, "id">) => {
    events.push({ id: ++lastId, at, stream: name, message });
    bytes += sizeOf(message);
    const stream = streams.get(name);
    if (stream) {
      stream.lastAt = at;
      stream.held++;
    } else streams.set(name, { name, firstAt: at, lastAt: at, held: 1 });
    while (bytes > capacityBytes) dropOldest();
  };

  return {
    append: (stream, message) => add({ at: clock.now(), stream, message }),
    prepend(older) {
      const newer = events.slice(oldest);
      events = [];
      streams = new Map();
      [oldest, bytes, lastId] = [0, 0, 0];
      for (const event of [...older, ...newer]) add(event);
    },
    events() {
      dropExpired();
      return events.slice(oldest);
    },
    streams() {
      dropExpired();
      return [...streams.values()];
    },
    bytes: () => bytes,
  };
};

const sizeOf = (message: string) => Buffer.byteLength(message) + OVERHEAD_BYTES;
