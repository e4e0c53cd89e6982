import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CfnResource, Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { Distribution, HttpVersion, ResponseHeadersPolicy, S3OriginAccessControl } from "aws-cdk-lib/aws-cloudfront";
import { S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from "aws-cdk-lib/aws-s3";
import { BucketDeployment, CacheControl, Source } from "aws-cdk-lib/aws-s3-deployment";
import { Construct } from "constructs";
import type { PageFile } from "../client/page/build.ts";
import { securityHeaders } from "./security-headers.ts";

interface ChatPageProps {
  /** The page as it is built. */
  readonly files: readonly PageFile[];
  /** Where the CDK takes its assets from. */
  readonly outdir: string;
  /** Where the page connects. */
  readonly endpoint: string;
  /** Scheme and host of that. */
  readonly webSocketOrigin: string;
}

/** The chat page: its files in a private bucket, and the distribution that alone reads them. All of it goes with the stack. */
export class ChatPage extends Construct {
  /** For example `https://d111111abcdef8.cloudfront.net`. */
  readonly origin: string;
  readonly #outdir: string;
  readonly #bucket: IBucket;
  readonly #deploymentLogs: LogGroup;

  constructor(scope: Construct, id: string, { files, outdir, endpoint, webSocketOrigin }: ChatPageProps) {
    super(scope, id);
    this.#outdir = outdir;
    // The CDK's class and its own interface differ where TypeScript is exact about optional properties.
    this.#bucket = new Bucket(this, "bucket", {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      encryption: BucketEncryption.S3_MANAGED,
      removalPolicy: RemovalPolicy.DESTROY,
      autoDeleteObjects: true,
    }) as IBucket;
    this.#keepLogsOfEmptying();
    this.#deploymentLogs = this.#logs("deployment-logs");
    const distribution = this.#distribution(webSocketOrigin);
    this.origin = `https://${distribution.distributionDomainName}`;

    const lasting = files.filter(isLasting);
    const changing = files.filter((file) => !isLasting(file));
    const first = this.#deploy("lasting-files", lasting);
    const second = this.#deploy("changing-files", changing, { distribution, config: { endpoint } });
    // A page must not be there before what it names.
    second.node.addDependency(first);
  }

  #distribution(webSocketOrigin: string): Distribution {
    // An account has such a name once, and those that CDK makes do not have the Region in them (aws-cdk, issue 34336).
    const { stackName, region } = Stack.of(this);
    const name = `${stackName}-chat-page-${region}`;
    return new Distribution(this, "distribution", {
      comment: `The chat page of ${stackName}`,
      defaultRootObject: "index.html",
      httpVersion: HttpVersion.HTTP2_AND_3,
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(this.#bucket, {
          originAccessControl: new S3OriginAccessControl(this, "access", { originAccessControlName: name }),
        }),
        responseHeadersPolicy: new ResponseHeadersPolicy(this, "headers", {
          responseHeadersPolicyName: name,
          ...securityHeaders(webSocketOrigin),
        }),
      },
      // Of an object that is not there S3 says that one may not read it, to whoever may not list the bucket.
      // https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
      errorResponses: [
        { httpStatus: 403, responseHttpStatus: 404, responsePagePath: "/not-found.html", ttl: Duration.seconds(10) },
      ],
    });
  }

  /**
   * Puts files into the bucket, all with one Cache-Control, and takes none away: a page that is open still asks for what
   * it names.
   * @param changed files that keep their names: with them the page's configuration, and the distribution, to forget what
   *   it has of them
   */
  #deploy(
    id: string,
    files: readonly PageFile[],
    changed?: { readonly distribution: Distribution; readonly config: Readonly<Record<string, string>> },
  ): BucketDeployment {
    const folder = join(this.#outdir, "chat-page", id);
    mkdirSync(folder, { recursive: true });
    for (const { name, contents } of files) writeFileSync(join(folder, name), contents);
    const headers = new Set(files.map(({ cacheControl }) => cacheControl));
    return new BucketDeployment(this, id, {
      destinationBucket: this.#bucket,
      sources: [Source.asset(folder), ...(changed ? [Source.jsonData("config.json", changed.config)] : [])],
      cacheControl: [...headers].map((header) => CacheControl.fromString(header)),
      prune: false,
      logGroup: this.#deploymentLogs,
      ...(changed && {
        distribution: changed.distribution,
        distributionPaths: ["/", "/config.json", ...files.map(({ name }) => `/${name}`)],
      }),
    });
  }

  /** CDK's function that empties the bucket would leave a log group behind, made by Lambda, that is kept for ever. */
  #keepLogsOfEmptying() {
    const provider = Stack.of(this).node.findChild("Custom::S3AutoDeleteObjectsCustomResourceProvider");
    const { logGroupName } = this.#logs("emptying-logs");
    (provider.node.findChild("Handler") as CfnResource).addPropertyOverride("LoggingConfig", {
      LogGroup: logGroupName,
    });
  }

  #logs(id: string): LogGroup {
    return new LogGroup(this, id, { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
  }
}

/** Whether a file has another name whenever it is another file. */
const isLasting = ({ cacheControl }: PageFile): boolean => cacheControl.includes("immutable");
