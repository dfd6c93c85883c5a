/** Builds of one corpus, one after the other: what the next one needs of the one before may stay in memory. */
import type { BuildReport } from '../src/domain/build-report.ts';
import { type BuildOptions, build } from './build.ts';

export interface WantedBuild {
  /** Whether to read every file, whatever the snapshot before holds. */
  readonly isFull: boolean;
  /** Files and folders that may have changed, inside the corpus, with `/`; null where any may have. */
  readonly paths: readonly string[] | null;
}

export interface BuildSession {
  /** Throws as `build` does. */
  build(wanted: WantedBuild): Promise<BuildReport>;
  close(): Promise<void>;
}

export function openBuildSession(options: BuildOptions): BuildSession {
  return {
    build: ({ isFull }) => build({ ...options, isFull }),
    close: async () => undefined,
  };
}
