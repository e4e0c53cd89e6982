import { type App, CfnOutput, Stack } from "aws-cdk-lib";
import { ENVIRONMENT } from "../functions/contracts/environment.ts";
import { MESSAGE_POSTED } from "../functions/contracts/events.ts";
import { PUBLISH_TIMEOUT_SECONDS } from "../functions/contracts/publishing.ts";
import { tellFrameLimit, tellWhoMayConnect } from "./admission.ts";
import { Api } from "./api.ts";
import { archive } from "./archive.ts";
import { BackendPublishing } from "./backend-publishing.ts";
import { type Built, writeBundles } from "./bundles.ts";
import { ChatPage } from "./chat-page.ts";
import type { Config } from "./config.ts";
import { Fanout } from "./fanout.ts";
import { Functions } from "./functions.ts";
import { Observability } from "./observability/observability.ts";
import { People } from "./people.ts";
import { Presence } from "./presence.ts";
import { Receipts } from "./receipts.ts";
import { Tables } from "./tables.ts";

/** All of Roomcast: what a client connects to, what it writes to, and the way of a message. */
export class RoomcastStack extends Stack {
  constructor(app: App, config: Config, { bundles, chatPage: files }: Built) {
    super(app, `Roomcast-${config.stage}`, {
      description: "Roomcast: chat rooms of any size over WebSockets.",
      analyticsReporting: false,
    });
    const functions = new Functions(this, "functions", writeBundles(bundles, app.outdir));
    const authorize = functions.add("authorize");
    const connect = functions.add("connect");
    const disconnect = functions.add("disconnect");
    const unknownRoute = functions.add("default");
    const join = functions.add("join");
    const leave = functions.add("leave");
    const publish = functions.add("publish", { timeoutSeconds: PUBLISH_TIMEOUT_SECONDS });
    const publishRequested = functions.add("publish-requested", { timeoutSeconds: PUBLISH_TIMEOUT_SECONDS });
    const history = functions.add("history");
    const members = functions.add("members");
    const typing = functions.add("typing");
    const ping = functions.add("ping");
    const post = functions.add("post", { memorySize: 128, reserved: config.postConcurrency });
    const receipts = functions.add("receipts", { memorySize: 128 });
    // A connection may be there half a minute after its row is.
    const kickRequested = functions.add("kick-requested", { timeoutSeconds: 60 });
    const disconnectRequested = functions.add("disconnect-requested", { memorySize: 128 });

    const tables = new Tables(this, "tables", config);
    const fanout = new Fanout(this, "fanout", { config, tables, post });
    const routes = { join, leave, publish, history, members, ping };
    const silentRoutes = { typing };
    const api = new Api(this, "api", { config, authorize, connect, disconnect, unknownRoute, routes, silentRoutes });

    tables.joinableBy(connect, join);
    tables.leavableBy(disconnect, join, leave, post);
    tables.membershipReadableBy(history, members, publish, typing);
    tables.membersReadableBy(members);
    tables.connectionReadableBy(disconnect, join, ping, publish, post);
    tables.headReadableBy(history, join, ping);
    tables.numberedBy(publish, publishRequested);
    tables.refsClaimedBy(publish, publishRequested);
    tables.savedBy(publish, publishRequested);
    tables.historySettledBy(history);
    fanout.putBy(publish, MESSAGE_POSTED);
    const { unpublished } = new BackendPublishing(this, "backend-publishing", { fanout, publishRequested });
    new Receipts(this, "receipts", { config, fanout, receipts });
    for (const lambda of [publish, publishRequested])
      lambda.addEnvironment(ENVIRONMENT.tracedPercent, String(config.tracedPercent));
    const ofFrames = [...Object.values(routes), ...Object.values(silentRoutes), unknownRoute];
    // Each of them has metrics.
    for (const lambda of [...ofFrames, publishRequested]) lambda.addEnvironment(ENVIRONMENT.stage, config.stage);
    for (const lambda of ofFrames) tellFrameLimit(lambda, config);
    const { endpoint, webSocketOrigin } = api;
    const chatPage = config.chatPage
      ? new ChatPage(this, "chat-page", { files, outdir: app.outdir, endpoint, webSocketOrigin })
      : undefined;
    tellWhoMayConnect(authorize, config, chatPage?.origin);
    api.postedToBy(post);
    const people = new People(this, "people", { config, api, fanout, kickRequested, disconnectRequested });
    people.countedInBy(connect);
    people.countedOutBy(disconnect, post);
    people.disconnectRequestedBy(...ofFrames, post);
    if (config.presenceMembers > 0) {
      const roster = functions.add("roster");
      const presence = new Presence(this, "presence", { config, fanout, tables, roster, post });
      presence.stirredBy(connect, disconnect, join, leave, post);
      presence.typedBy(typing);
    }

    archive(this, fanout.bus, config);
    new Observability(this, "observability", config);

    new CfnOutput(this, "WebSocketEndpoint", { value: endpoint, description: "Where clients connect." });
    if (chatPage) new CfnOutput(this, "ChatPage", { value: chatPage.origin, description: "Where people chat." });
    if (api.domain)
      new CfnOutput(this, "DomainTarget", {
        value: api.domain.regionalDomainName,
        description: "What DNS has to make the domain an alias of.",
      });
    new CfnOutput(this, "EventBusName", {
      value: fanout.bus.eventBusName,
      description: "Where messages are announced.",
    });
    for (const [name, queue] of Object.entries({ ...fanout.deadLetters, UnpublishedQueueUrl: unpublished }))
      new CfnOutput(this, name, { value: queue.queueUrl, description: "Where what failed for good is kept." });
  }
}
