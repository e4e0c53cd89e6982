/** A process opens more than its sockets: modules, pipes, the database's files. */
const BESIDE_SOCKETS = 500;

/**
 * Checks that a process may have so many sockets: the runtime has one for each connection, and so has the load.
 * @throws Error that says what to raise
 */
export const checkOpenFiles = (sockets: number, allowed = allowedOpenFiles()): void => {
  const needed = sockets + BESIDE_SOCKETS;
  if (needed <= allowed) return;
  throw new Error(
    `${sockets} connections need about ${needed} open files in one process, and ${allowed} are allowed: ` +
      `raise the limit (ulimit -n ${needed}), or take fewer members.`,
  );
};

/** The process's hard limit: Node raises the soft one to it as it starts. */
const allowedOpenFiles = (): number => {
  const { userLimits } = process.report.getReport() as { userLimits?: { open_files: { hard: number | "unlimited" } } };
  const hard = userLimits?.open_files.hard ?? "unlimited";
  return hard === "unlimited" ? Number.POSITIVE_INFINITY : Number(hard);
};
