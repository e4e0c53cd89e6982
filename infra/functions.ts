import { join } from "node:path";
import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  Architecture,
  Code,
  Function as Lambda,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";

interface FunctionOptions {
  /** In MB. */
  readonly memorySize?: number;
  readonly timeoutSeconds?: number;
  /** Environments that are kept for this function, and the most that it may have. */
  readonly reserved?: number | undefined;
}

/** The Lambda functions: one for each file in `functions/`. */
export class Functions extends Construct {
  readonly #bundles: string;

  constructor(scope: Construct, id: string, bundles: string) {
    super(scope, id);
    this.#bundles = bundles;
  }

  /** The function of `functions/{name}.ts`. */
  add(name: string, options: FunctionOptions = {}): Lambda {
    const { memorySize = 256, timeoutSeconds = 10, reserved } = options;
    const logGroup = new LogGroup(this, `${name}-logs`, {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // CDK's own role has AWS's policy for functions, which may make log groups and write to any.
    const role = new Role(this, `${name}-role`, { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    logGroup.grantWrite(role);
    return new Lambda(this, name, {
      role,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(join(this.#bundles, name)),
      handler: `${name}.handler`,
      memorySize,
      timeout: Duration.seconds(timeoutSeconds),
      tracing: Tracing.ACTIVE,
      loggingFormat: LoggingFormat.JSON,
      // Lambda's own lines of invocations that succeed would cost as much as the invocations, and say what metrics say.
      systemLogLevelV2: SystemLogLevel.WARN,
      logGroup,
      ...(reserved !== undefined && { reservedConcurrentExecutions: reserved }),
      environment: { POWERTOOLS_SERVICE_NAME: name },
    });
  }
}
