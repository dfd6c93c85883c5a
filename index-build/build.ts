/** A build that stands alone: one session with one build. The journey itself is in `build-session.ts`. */
import type { BuildReport } from '../src/domain/build-report.ts';
import { openBuildSession, type SessionOptions } from './build-session.ts';

export interface BuildOptions extends SessionOptions {
  /** Whether to read every file, whatever the snapshot before holds. */
  readonly isFull: boolean;
}

/** Throws as `BuildSession.build` does; on any error the published snapshot stays as it was. */
export async function build({ isFull, ...options }: BuildOptions): Promise<BuildReport> {
  const session = openBuildSession(options);
  try {
    return await session.build({ isFull, paths: null });
  } finally {
    await session.close();
  }
}
