/**
 * The process that builds and merges for a running service: `src/service/build-child.ts` starts it and asks, one request
 * at a time; it answers, and ends with whoever started it. No command for people.
 */
import { type BuildSession, openBuildSession } from '../../index-build/build-session.ts';
import { wantsMerge } from '../../index-build/merge-rules.ts';
import { mergeSnapshot } from '../../index-build/merge-snapshot.ts';
import type { BuildReport } from '../domain/build-report.ts';
import { LedeError } from '../domain/error.ts';
import type { BuildAnswer, BuildRequest } from '../service/build-messages.ts';
import type { Settings } from '../settings.ts';
import { readCurrent, readManifest } from '../snapshot/snapshot-folder.ts';
import { buildOptions } from './build-options.ts';
import { describeFailure } from './describe-failure.ts';

/** Runs until the channel to the service closes, and then ends the process, even in the middle of a build. */
export function runBuildProcess(settings: Settings): Promise<never> {
  if (process.send === undefined) {
    throw new LedeError('invalid', '"build-process" is for "lede serve" only: run "lede build"');
  }
  const worker = new BuildWorker(settings);
  process.on('message', async (request) => {
    process.send?.(await worker.answer(request as BuildRequest));
  });
  // The service ends it; until then Ctrl-C, which the terminal sends to all, is the service's business.
  process.on('SIGINT', () => undefined);
  return new Promise(() => {
    process.on('disconnect', () => process.exit(0));
  });
}

class BuildWorker {
  readonly #settings: Settings;
  #session: BuildSession | null = null;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  async answer(request: BuildRequest): Promise<BuildAnswer> {
    try {
      const report = request.work === 'build' ? await this.#build(request) : await mergeSnapshot(this.#options);
      return { report, wantsMerge: await this.#wantsMerge() };
    } catch (error) {
      const code = error instanceof LedeError ? error.code : 'internal';
      return { error: { code, message: describeFailure(error) } };
    }
  }

  get #options() {
    return buildOptions(this.#settings);
  }

  async #build({ isFull, paths }: Extract<BuildRequest, { work: 'build' }>): Promise<BuildReport> {
    this.#session ??= openBuildSession(this.#options);
    try {
      return await this.#session.build({ isFull, paths });
    } catch (error) {
      // What the session remembers may be half of something, unless it was refused before it began.
      if (!(error instanceof LedeError && error.code === 'unavailable')) await this.#closeSession();
      throw error;
    }
  }

  async #closeSession(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    await session?.close();
  }

  async #wantsMerge(): Promise<boolean> {
    const { data } = this.#settings;
    try {
      const current = await readCurrent(data);
      return current !== null && wantsMerge(await readManifest(data, current));
    } catch {
      // Another process has replaced it since: the next build tells.
      return false;
    }
  }
}
