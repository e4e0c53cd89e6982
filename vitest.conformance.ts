import { defineConfig } from "vitest/config";

/** The recorded behaviour of the real services: data that lies beside the project and is not part of it. */
export default defineConfig({ test: { include: ["test/conformance/**/*.test.ts"], testTimeout: 60_000 } });
