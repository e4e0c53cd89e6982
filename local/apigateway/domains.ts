import type { IncomingMessage } from "node:http";
import type { Resource } from "../cloudformation/resource-type.ts";
import type { ApiMappingProperties, DomainNameProperties } from "./domain-properties.ts";
import type { Stage } from "./stage.ts";

/** A request as far as it says which stage it is for. */
type Addressed = Pick<IncomingMessage, "url" | "headers">;

export interface Domains {
  /** Whether a request names one of the domains as its host. */
  isNamedBy(request: Addressed): boolean;
  /** The stage that is mapped to where a request goes, as it is reached by the domain. */
  stageOf(request: Addressed): Stage | undefined;
  /** What is mapped, by its key below the domain. */
  readonly mappings: readonly (readonly [key: string, stage: Stage])[];
}

/**
 * The custom domain names of a template, and the stages that are mapped to them: one without a key at the domain's root,
 * one with a key at `/{key}`. What a connection's events call `domainName` is then the domain; `@connections` stays where
 * the stage itself is.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-mappings.html
 * @throws where a mapping names something that is not there, or is the second of its domain and key
 */
export const readDomains = (resources: readonly Resource[], stages: Iterable<Stage>): Domains => {
  const all = <Properties>(type: string) =>
    resources.filter((resource) => resource.type === `AWS::ApiGatewayV2::${type}`) as Resource<Properties>[];
  const domains = new Map(
    all<DomainNameProperties>("DomainName").map(({ ref }) => [ref.toLowerCase(), new Map<string, Stage>()]),
  );
  const known = [...stages];
  for (const { logicalId, properties } of all<ApiMappingProperties>("ApiMapping")) {
    const { DomainName: domainName, ApiId, Stage: name, ApiMappingKey: key = "" } = properties;
    const mapped = domains.get(domainName.toLowerCase());
    if (!mapped) throw new Error(`${logicalId} names ${domainName}, and there is no DomainName of that name.`);
    const stage = known.find((one) => one.apiId === ApiId && one.name === name);
    if (!stage) throw new Error(`${logicalId} names the stage ${name}, and the API has none of that name.`);
    if (mapped.has(key)) throw new Error(`${logicalId}: there is a mapping of ${domainName}/${key} already.`);
    mapped.set(key, { ...stage, domainName });
  }
  const mappedBy = ({ headers }: Addressed) => domains.get(hostOf(headers.host));
  return {
    isNamedBy: (request) => mappedBy(request) !== undefined,
    stageOf: (request) => mappedBy(request)?.get(keyOf(request.url)),
    mappings: [...domains.values()].flatMap((mapped) => [...mapped]),
  };
};

/** A host as it is compared: without its port, in lower case, without the dot that may end a whole name. */
const hostOf = (host = ""): string => host.toLowerCase().replace(/:\d*$/, "").replace(/\.$/, "");

const keyOf = (url = "/"): string => (url.split("?")[0] ?? "").replace(/^\//, "").replace(/\/$/, "");
