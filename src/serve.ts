/**
 * `lede serve`: answers from the published snapshot, builds what is missing or changed, follows the corpus folder and
 * whatever else publishes in the data folder. Puts the parts of `service/` together.
 */
import path from 'node:path';
import { type Logger, pino } from 'pino';
import type { BuildReport } from './domain/build-report.ts';
import { LedeError } from './domain/error.ts';
import type { ServiceStatus } from './domain/service-status.ts';
import { createApp } from './http/app.ts';
import { Builder } from './service/builder.ts';
import { startHttpServer } from './service/http-server.ts';
import { LiveSnapshot } from './service/live-snapshot.ts';
import { Merger } from './service/merger.ts';
import type { Hints } from './service/path-hints.ts';
import { PinnedArticles } from './service/pinned-articles.ts';
import { Searches } from './service/searches.ts';
import { type CorpusWatch, watchCorpus } from './service/watch-corpus.ts';
import type { Settings } from './settings.ts';
import { version } from './version.ts';

/** How often the data folder is looked at for what others publish. */
const followMs = 300;
/** Problems of the file of pinned articles that the log tells at once; the status has all. */
const toldPinProblems = 20;
/** How long requests may still run when the service ends. */
const graceMs = 10_000;

export interface RunningService {
  readonly url: string;
  status(): ServiceStatus;
  /** Lets requests end, ends a running build, closes everything. */
  stop(): Promise<void>;
}

/**
 * Starts the service; the promise is kept once searches are answered. Until then they get 503. Throws `LedeError`, among
 * others where there is no snapshot and none can be built, and the signal's reason where it is asked to end before.
 */
export async function serve(settings: Settings, signal: AbortSignal): Promise<RunningService> {
  const logger = pino({ level: settings.logLevel }, pino.destination({ dest: 2, sync: false }));
  const pins = new PinnedArticles(settings.pins, ({ queries, problems }) => {
    const told = problems.slice(0, toldPinProblems);
    if (problems.length === 0) logger.info({ queries }, 'the file of pinned articles has no problems any more');
    else logger.warn({ queries, count: problems.length, problems: told }, 'the file of pinned articles has problems');
  });
  const searches = new Searches({
    pins,
    recency: settings.recency === 0 ? null : { share: settings.recency, halfLifeDays: settings.recencyDays },
    threads: settings.searchWorkers,
    cacheBytes: settings.resultCache * 1024 * 1024,
    onThreadEnd: (reason) => logger.error({ reason }, 'a search thread ended'),
  });
  const live = new LiveSnapshot(settings.data, searches);
  let lastBuild: BuildReport | null = null;
  let lastFailure: ServiceStatus['lastFailure'] = null;
  let watcher: CorpusWatch | null = null;
  let isDraining = false;

  const follow = async () => {
    if (await live.follow()) {
      // Whoever built it: what failed before is mended.
      lastFailure = null;
      lastBuild = live.current?.manifest.report ?? lastBuild;
      logger.info({ build: live.current?.build }, 'answering from a new snapshot');
      await live.use((snapshot) => pins.check(snapshot));
    }
  };
  const merger = new Merger({
    command: buildCommand(settings),
    // What it published is followed like what others publish.
    onMerged: (report) => logger.info({ build: report?.build ?? null }, 'merge done'),
    onFailure: (message) => logger.error({ reason: message }, 'merge failed; the snapshot before goes on answering'),
  });
  const builder = new Builder({
    command: buildCommand(settings),
    onReport: async (report, { isLook, wantsMerge }) => {
      await follow();
      lastFailure = null;
      merger.want(wantsMerge);
      // A look that found nothing new: the build before is the one to tell of.
      if (isLook && report.outcome === 'unchanged') return;
      lastBuild = report;
      logger.info({ build: report.build, outcome: report.outcome, articles: report.articles }, 'build done');
    },
    onIdle: () => merger.start(),
    mayLook: settings.watch,
    onFailure: (message) => {
      lastFailure = { at: new Date().toISOString(), message };
      const fate =
        live.current === null ? 'there is no snapshot to answer from' : 'the snapshot before goes on answering';
      logger.error({ reason: message }, `build failed; ${fate}`);
    },
  });
  const request = (paths: Hints) => void builder.request(paths);
  const status = (): ServiceStatus => ({
    version,
    snapshot: snapshotStatus(live),
    isWatching: watcher !== null,
    buildingSince: builder.buildingSince,
    lastBuild,
    lastFailure,
    pins: pins.status,
  });
  const app = createApp({
    use: (work) => live.use(work),
    search: (request, searchable, signal) => searches.search(request, searchable, signal),
    edition: (searchable) => searches.edition(searchable),
    highlightArticle: (query, searchable, article) => searches.highlightArticle(query, searchable, article),
    status,
    requestRebuild: () => request(null),
    adminToken: settings.adminToken,
    publicUrl: settings.publicUrl,
    allowedHosts: [
      'localhost',
      '127.0.0.1',
      '[::1]',
      settings.host.includes(':') ? `[${settings.host}]` : settings.host,
    ],
    logger,
    isDraining: () => isDraining,
  });

  const server = await startHttpServer({
    fetch: (incoming) => app.fetch(incoming),
    host: settings.host,
    port: settings.port,
  }).catch((error: unknown) => {
    searches.stop();
    throw error;
  });
  logger.info({ url: server.url }, 'listening');
  let reported: string | null = null;
  const following = setInterval(() => {
    follow().then(
      () => {
        reported = null;
      },
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        if (message !== reported) logger.error({ reason: message }, 'the published snapshot cannot be opened');
        reported = message;
      },
    );
  }, followMs);

  const stop = async () => {
    isDraining = true;
    clearInterval(following);
    await Promise.all([watcher?.close(), builder.close(), merger.close(), server.stop(graceMs)]);
    await live.close();
    searches.stop();
  };

  try {
    await openFirst(live, logger);
    if (settings.watch) {
      watcher = await watchCorpus(settings.corpus, {
        onChange: request,
        onFailure: (error) => logger.error({ reason: error.message }, 'the corpus folder is not followed completely'),
      });
    }
    const built = builder.request(null);
    if (live.current === null) {
      await Promise.race([built, aborted(signal)]);
      signal.throwIfAborted();
      await follow();
    }
    if (live.current === null) {
      throw new LedeError(
        'unavailable',
        lastFailureMessage(status()) ?? 'there is no snapshot and none could be built',
      );
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: server.url, status, stop };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** A snapshot of another version is replaced by the build that follows. */
async function openFirst(live: LiveSnapshot, logger: Logger): Promise<void> {
  try {
    await live.follow();
  } catch (error) {
    const isReplaceable = error instanceof LedeError && ['incompatible', 'not_found'].includes(error.code);
    if (!isReplaceable) throw error;
    logger.warn({ reason: error.message }, 'the published snapshot cannot be opened: building anew');
  }
}

function lastFailureMessage({ lastFailure }: ServiceStatus): string | null {
  return lastFailure?.message ?? null;
}

function snapshotStatus({ current }: LiveSnapshot): ServiceStatus['snapshot'] {
  if (current === null) return null;
  const { build, publishedAt, articles, paragraphs, terms } = current.manifest;
  return { build, publishedAt, articles, paragraphs, terms };
}

/** The program itself, run by the same Node, as the process that builds and merges: `src/commands/build-process.ts`. */
function buildCommand(settings: Settings): readonly [string, ...string[]] {
  const main = path.join(import.meta.dirname, `main${path.extname(import.meta.filename)}`);
  return [
    process.execPath,
    main,
    'build-process',
    `--corpus=${settings.corpus}`,
    `--data=${settings.data}`,
    `--keep-builds=${settings.keepBuilds}`,
    ...(settings.ignore.length > 0 ? [`--ignore=${settings.ignore.join(',')}`] : []),
    settings.gitignore ? '--gitignore' : '--no-gitignore',
    settings.includeDrafts ? '--include-drafts' : '--no-include-drafts',
    settings.includeFuture ? '--include-future' : '--no-include-future',
    ...(settings.siteUrl === null ? [] : [`--site-url=${settings.siteUrl}`]),
    `--site-paths=${settings.sitePaths}`,
  ];
}
