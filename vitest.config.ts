import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: "test/support/synthesized.ts",
    exclude: ["test/conformance/**"],
    // Vitest leaves a processor free, which of two is half; most of these tests wait for what is to happen.
    maxWorkers: "100%",
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What a test polls for comes late on a busy machine; its default is a second.
    expect: { poll: { timeout: 10_000 } },
  },
});
