const invocation = /^arn:[\w-]+:apigateway:[\w-]+:lambda:path\/2015-03-31\/functions\/(arn:[^/]+)\/invocations$/;

/** The function's ARN in the URI of an integration or an authorizer; undefined for any other URI. */
export const functionArnOf = (uri: string): string | undefined => invocation.exec(uri)?.[1];
