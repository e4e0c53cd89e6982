import { expect, test } from "vitest";
import { templateWith } from "./app-with.ts";

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: object;
}

/** The statements of the functions' roles that have this in them, by the role's name. */
const allowed = (text: string) =>
  Object.entries(templateWith().resources).flatMap(([id, { Type, Properties }]) => {
    if (Type !== "AWS::IAM::Policy") return [];
    const { Statement } = Properties.PolicyDocument as { Statement: readonly Statement[] };
    const holder = id.replace(/^functions(\w+?)role.*$/, "$1");
    return Statement.filter((statement) => JSON.stringify(statement).includes(text)).map((one) => ({ holder, ...one }));
  });

test("two functions may end connections, and these may not post; one may post, and not end any", () => {
  const holders = (method: string) => allowed(`/dev/${method}/@connections/*`).map(({ holder }) => holder);
  expect(holders("DELETE").toSorted()).toEqual(["disconnectrequested", "kickrequested"]);
  expect(holders("POST")).toEqual(["post"]);
  expect(allowed("execute-api:ManageConnections")).toHaveLength(3);
});

test("whoever handles a frame or a post may ask for an end, and nobody else", () => {
  const asking = allowed('"DisconnectRequested"');
  const routes = ["default", "history", "join", "leave", "members", "ping", "publish", "typing"];
  expect(asking.map(({ holder }) => holder).toSorted()).toEqual([...routes, "post"].toSorted());
});

test("what a function may put on the bus is one permission, with the kinds that it puts", () => {
  const conditionOf = (holder: string) =>
    allowed('"events:PutEvents"').flatMap((each) => (each.holder === holder ? [each.Condition] : []));
  const only = (...kinds: string[]) => [
    { StringEquals: { "events:source": "roomcast", "events:detail-type": kinds.length > 1 ? kinds : kinds[0] } },
  ];
  expect(conditionOf("publish")).toMatchObject(only("MessagePosted", "DisconnectRequested"));
  expect(conditionOf("post")).toMatchObject(only("DisconnectRequested", "MembershipChanged"));
});

test("nobody puts a request to kick: it is for backends", () => {
  expect(allowed("KickRequested")).toEqual([]);
});

test("how many connections a person may have is told to the function that counts them, and to no other", () => {
  const told = templateWith({ connectionsPerIdentity: "7" }).functions.flatMap(({ Properties }) => {
    const { Variables } = Properties.Environment as { Variables: Record<string, unknown> };
    const { CONNECTIONS_PER_IDENTITY: limit } = Variables;
    return limit === undefined ? [] : [[Properties.Handler, limit]];
  });
  expect(told).toEqual([["connect.handler", "7"]]);
});

test("kicks are waited for as long as a connection may take to come about", () => {
  const kick = templateWith().functions.find(({ Properties }) => Properties.Handler === "kick-requested.handler");
  expect(kick?.Properties.Timeout).toBeGreaterThan(30);
});
