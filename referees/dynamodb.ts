/** `npm run referee:dynamodb`: the suite in `test/referee/` against Amazon's own DynamoDB Local. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { cached, freePort, run, startServer } from "./processes.ts";

const pom = fileURLToPath(new URL("dynamodb-local.pom.xml", import.meta.url));
const VERSION = "2.6.1";
const COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies";

const libraries = await cached(`DynamoDBLocal-${VERSION}`, (folder) =>
  run("mvn", ["-B", "-q", "-f", pom, `-Ddynamodb-local=${VERSION}`, COPY, `-DoutputDirectory=${folder}`]),
);
const port = await freePort();
const endpoint = `http://127.0.0.1:${port}`;
// It keeps its tables in SQLite, whose native library lies among the others.
const server = await startServer(
  "java",
  [
    `-Djava.library.path=${libraries}`,
    ...["-cp", `${libraries}/*`, "com.amazonaws.services.dynamodbv2.local.main.ServerRunner"],
    ...["-inMemory", "-disableTelemetry", "-port", String(port)],
  ],
  endpoint,
);
try {
  // One file after the other: they share the tables.
  const suite = spawn("vitest", ["run", "test/referee/", "--no-file-parallelism", ...process.argv.slice(2)], {
    stdio: "inherit",
    env: { ...process.env, DYNAMODB: endpoint },
  });
  const [code] = await once(suite, "exit");
  process.exitCode = code ?? 1;
} finally {
  await server.stop();
}
