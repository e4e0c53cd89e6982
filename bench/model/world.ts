import { ROOM_INDEX } from "../../functions/contracts/environment.ts";
import { EVENT_SOURCE, MESSAGE_DELIVERED } from "../../functions/contracts/events.ts";
import { AwsError } from "../../local/aws/error.ts";
import type { CallService } from "../../local/aws/service.ts";
import type { JsonObject } from "../../local/json.ts";
import { FANOUT_WIDTH, ROOM_RECIPIENTS_PER_SECOND } from "../cost/deployment.ts";
import { createBus } from "./aws/bus.ts";
import { createDelays } from "./aws/delays.ts";
import { type Behaviour, createGateway } from "./aws/gateway.ts";
import { createLambda } from "./aws/lambda.ts";
import { createMachines, machineArn } from "./aws/machines.ts";
import { createTables } from "./aws/tables.ts";
import { createChance } from "./chance.ts";
import { createMeter } from "./meter.ts";
import { createMishaps, type Rates } from "./mishaps.ts";
import { createPost } from "./post.ts";
import { createRoom } from "./room.ts";
import { createVirtualTime } from "./virtual-time.ts";

export interface WorldOptions {
  readonly seed: number;
  /** How many connections each room has, by its name. */
  readonly rooms: Readonly<Record<string, number>>;
  /** Definitions of Express machines by name, as `infra/definition.ts` gives them. */
  readonly definitions?: Readonly<Record<string, string>>;
  /** The settings that the state machines read: by default those of `infra/config.ts`. */
  readonly settings?: { readonly fanoutWidth: number; readonly roomRecipientsPerSecond: number };
  /** Whether Lambda's environments are there already. */
  readonly isWarm?: boolean;
  /** How many times as long everything takes as `figures.ts` says. */
  readonly pace?: number;
  readonly mishaps?: Rates;
  readonly behaviourOf?: (connectionId: string) => Behaviour;
}

/** An account of AWS in one Region, with rooms in it. */
export const createWorld = ({
  seed,
  rooms: sizes,
  definitions = {},
  settings = { fanoutWidth: FANOUT_WIDTH, roomRecipientsPerSecond: ROOM_RECIPIENTS_PER_SECOND },
  isWarm = true,
  pace = 1,
  mishaps = {},
  behaviourOf = () => "takes",
}: WorldOptions) => {
  const chance = createChance(seed);
  const time = createVirtualTime();
  const meter = createMeter();
  const strikes = createMishaps(mishaps, (mishap) => chance.of(`mishap ${mishap}`));
  const delays = createDelays(time, chance, pace);
  const rooms = Object.entries(sizes).map(([name, members], number) =>
    createRoom({ number, name, members }, chance.of(`room ${name}`), time.now()),
  );
  const pruned = new Map<string, string>();
  const deadLetters: { session: string; body: JsonObject }[] = [];
  const discarded = new Set<string>();

  const tables = createTables({ time, delays, meter, strikes, rooms, isListed: (id) => !pruned.has(id) });
  const gateway = createGateway({ time, delays, meter, strikes, rooms, behaviourOf });
  const lambda = createLambda({ time, delays, meter, strikes, isWarm });
  const bus = createBus({ delays, meter, strikes });

  const prune = async (connectionId: string, session: string) => {
    await delays.whole("query");
    await tables.write(1);
    if (!pruned.has(connectionId)) pruned.set(connectionId, session);
  };

  const callService: CallService = async (service, action, input, { principal }) => {
    const call = `${service}:${action}`;
    if (call === "dynamodb:Query") return tables.query(input);
    if (call === "dynamodb:UpdateItem") return tables.update();
    if (call === "events:PutEvents") return (await bus.put(input)).answer;
    if (call !== "sqs:SendMessage") throw new Error(`The model does not have ${call}.`);
    await delays.whole("sendMessage");
    meter.count("sqsRequests", 1);
    if (strikes("queueRefuses")) throw new AwsError("ServiceUnavailable", "The queue is not available.", 503);
    const session = principal.kind === "role" ? principal.session : "";
    deadLetters.push({ session, body: JSON.parse(String(input.MessageBody)) });
    return {};
  };

  const machines = createMachines({
    time,
    delays,
    meter,
    strikes,
    definitions,
    substitutions: {
      ConnectionsTable: "connections",
      RoomIndex: ROOM_INDEX,
      RoomsTable: "rooms",
      RoomRate: String(settings.roomRecipientsPerSecond),
      RoomMessageRate: "1000",
      PostFunction: "arn:aws:lambda:us-east-1:111111111111:function:post",
      SegmentMachine: machineArn("room-segment"),
      FanoutWidth: String(settings.fanoutWidth),
      DeadLetterQueueUrl: "https://sqs.us-east-1.amazonaws.com/111111111111/undelivered",
      EventBusName: "bus",
      EventSource: EVENT_SOURCE,
      MessageDelivered: MESSAGE_DELIVERED,
    },
    random: chance.of("state machines"),
    callService,
    invoke: createPost({ time, lambda, gateway, prune }),
    onDiscarded: (session) => void discarded.add(session),
  });

  return {
    ...{ time, chance, delays, meter, rooms, tables, gateway, lambda, bus, machines },
    /** Connections whose rows are gone, by the execution that found out. */
    pruned: pruned as ReadonlyMap<string, string>,
    /** What was kept for an operator, by the execution that kept it. */
    deadLetters: deadLetters as readonly DeadLetter[],
    /** Executions whose answers nobody has used. */
    discarded: discarded as ReadonlySet<string>,
  };
};

/** A message in the dead-letter queue. */
export interface DeadLetter {
  readonly session: string;
  readonly body: JsonObject;
}

export type World = ReturnType<typeof createWorld>;
