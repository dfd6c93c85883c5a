/**
 * An article's journey: find → read → split → index → compile → publish → report. Each step has its own file; this one
 * calls them in order. A build reads what changed and writes a segment of it beside those of the snapshot before; what
 * can be searched then is what a build from nothing would give.
 *
 * A session keeps what it knows of the published snapshot between builds, so that a small change costs little however
 * large the corpus is.
 */
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildReport } from '../src/domain/build-report.ts';
import type { BuildId } from '../src/domain/ids.ts';
import { afterBuilds, BuildRunningError, isMerging, withBuildLock } from './build-lock.ts';
import type { BuildProgress } from './build-progress.ts';
import { Crew } from './crew.ts';
import { Delta } from './delta.ts';
import { openRoot } from './find-files.ts';
import { defaultIgnoreOptions, type IgnoreOptions } from './ignore-rules.ts';
import { type LeftFiles, look } from './look-at-corpus.ts';
import { type MergeRules, mergeRules } from './merge-rules.ts';
import { findCurrent, openPublished, type Published, replaceable } from './published.ts';
import { findChanged, ReadingQueue } from './read-changes.ts';
import { defaultReadingOptions, type ReadingOptions, readingFingerprint } from './reading-options.ts';
import { surveyFiles } from './survey-files.ts';
import { Tally } from './tally.ts';
import { type Successor, writeSnapshot } from './write-snapshot.ts';

export interface SessionOptions {
  /** Folder with the articles. */
  readonly corpus: string;
  /** Folder for snapshots. */
  readonly data: string;
  /** How many builds stay for rollback, the new one included. */
  readonly keepBuilds: number;
  /** What of the corpus is public, and where. Where it is another than before, everything is read again. */
  readonly reading?: ReadingOptions;
  /** What is left out of the corpus beside names that are never articles. */
  readonly ignore?: IgnoreOptions;
  /** The clock, for tests; ms since 1970. */
  readonly now?: () => number;
  /** Threads beside this one; by default as many as there are cores. The snapshot is the same with any number. */
  readonly workers?: number | undefined;
  /** Told of each file that is done, and of the beginning of each phase. */
  readonly onProgress?: (progress: BuildProgress) => void;
  /** For tests. */
  readonly rules?: Partial<MergeRules>;
}

export interface WantedBuild {
  /** Whether to read every file, whatever the snapshot before holds. */
  readonly isFull: boolean;
  /**
   * Files and folders that may have changed since the session's last build, by their paths in the corpus, with `/`: only
   * these are looked at. Null, and where the session does not know the rest: everything is.
   */
  readonly paths: readonly string[] | null;
}

export interface BuildSession {
  /**
   * Builds and publishes a snapshot, or finds that nothing changed. Throws `LedeError`: `not_found` or `invalid` for a
   * corpus that is no folder, `unavailable` while another build runs; on any error the published snapshot stays.
   */
  build(wanted: WantedBuild): Promise<BuildReport>;
  /** Closes the files of the snapshot; not while it builds. */
  close(): Promise<void>;
}

export function openBuildSession(options: SessionOptions): BuildSession {
  return new Session(options);
}

class Session implements BuildSession {
  readonly #options: SessionOptions;
  #published: Published | null = null;
  /** The snapshot that was published last, until it is opened. */
  #successor: Successor | null = null;
  /** What the last look at everything and those after it found and could not take; null where that is not known. */
  #left: LeftFiles | null = null;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  build(wanted: WantedBuild): Promise<BuildReport> {
    return besideMerges(this.#options.data, async () => {
      const left = this.#left;
      // Whoever fails half way does not know what it has seen.
      this.#left = null;
      return this.#build(wanted, left);
    });
  }

  async close(): Promise<void> {
    await this.#published?.close();
    await this.#successor?.close();
    this.#published = null;
    this.#successor = null;
  }

  async #build({ isFull, paths: hints }: WantedBuild, left: LeftFiles | null): Promise<BuildReport> {
    const started = { at: new Date().toISOString(), ms: performance.now() };
    const { corpus, data, onProgress } = this.#options;
    const { reading = defaultReadingOptions, ignore = defaultIgnoreOptions, now = Date.now } = this.#options;
    const nowMs = now();
    const isOurs = await this.#refresh();
    const isReadAlike = this.#published?.manifest.reading === readingFingerprint(reading);
    const before = isFull || !isReadAlike ? null : this.#published;
    const seen = await look(
      { path: corpus, ignore },
      before?.known ?? null,
      isOurs && left !== null && hints !== null ? { paths: hints, left } : null,
    );
    const changed = await findChanged(corpus, seen.files, before?.known);

    const build = nextBuildId();
    const crew = new Crew({ workers: this.#options.workers });
    const delta = new Delta(data, build, crew);
    const due = before?.known.dueAt(nowMs) ?? [];
    const isNews = before === null || changed.length > 0 || seen.gone.length > 0 || due.length > 0;
    const queue = new ReadingQueue({ path: corpus, ignore, publishing: { ...reading, nowMs } }, changed, crew);
    const paths = changed.map(({ path }) => path);
    const tally = new Tally({ before, delta, queue, changed: [...paths, ...due], gone: seen.gone });
    for (const path of due) queue.add(path);
    const filesFound = seen.files.length;
    let filesDone = filesFound - changed.length;
    const tell = (phase: BuildProgress['phase']) => {
      onProgress?.({ phase, filesDone, filesFound, paragraphs: delta.paragraphs });
    };
    try {
      while (isNews && (await tally.takeNext())) {
        filesDone = Math.min(filesFound, filesDone + 1);
        tell('reading');
      }
      for (const [path, problem] of tally.unreadable) seen.left.unreadable.set(path, problem);
      // A folder that was moved away meanwhile looks like one whose files were removed.
      await openRoot(corpus);
      const survey = surveyFiles({ before, delta, tally, left: seen.left });
      const report = (): BuildReport => ({ ...survey, build, outcome: 'published', ...costs(started), ...noCounts });
      if (before !== null && delta.isEmpty) {
        this.#left = seen.left;
        const { build: same, paragraphs, terms } = before.manifest;
        return { ...report(), build: same, outcome: 'unchanged', paragraphs, terms, ...costs(started) };
      }
      tell('merging');
      const rules = { ...mergeRules, ...this.#options.rules };
      const { keepBuilds } = this.#options;
      const successor = await writeSnapshot({
        data,
        keepBuilds,
        build,
        rules,
        before,
        reading: readingFingerprint(reading),
        delta,
        superseded: tally.superseded,
        report,
      });
      if (before === null) await this.#published?.close();
      this.#published = null;
      this.#successor = successor;
      this.#left = seen.left;
      return successor.manifest.report;
    } catch (error) {
      await delta.abandon();
      // A full disk must not stay full because of a build that failed of it.
      await rm(join(data, 'builds', `.${build}.tmp`), { recursive: true, force: true });
      throw error;
    } finally {
      await crew.close();
    }
  }

  /** Opens the published snapshot where it is not open; whether it says what the session found published last. */
  async #refresh(): Promise<boolean> {
    const current = await findCurrent(this.#options.data);
    const last = this.#successor?.manifest.build ?? this.#published?.manifest.build;
    const successor = this.#successor;
    this.#successor = null;
    if (successor !== null) {
      const isCurrent = successor.manifest.build === current;
      this.#published = isCurrent ? await replaceable(() => successor.open()) : null;
      if (this.#published === null) await successor.close();
    }
    if (this.#published !== null && this.#published.manifest.build === current) return true;
    await this.#published?.close();
    this.#published = null;
    this.#published = await openPublished(this.#options.data);
    return last !== undefined && this.#published?.manifest.mergedFrom === last;
  }
}

/** Runs `work` under the build lock; where a merge publishes just now, after that. */
async function besideMerges<T>(data: string, work: () => Promise<T>): Promise<T> {
  let hasBegun = false;
  const begin = () => {
    hasBegun = true;
    return work();
  };
  try {
    return await withBuildLock(data, begin);
  } catch (error) {
    if (hasBegun || !(error instanceof BuildRunningError) || !(await isMerging(data))) throw error;
    return afterBuilds(data, begin);
  }
}

/** Told by the segments, once they are written. */
const noCounts = { paragraphs: 0, terms: 0 };

interface Started {
  readonly at: string;
  readonly ms: number;
}

function costs({ at, ms }: Started): Pick<BuildReport, 'startedAt' | 'tookMs' | 'peakMemoryBytes'> {
  return {
    startedAt: at,
    tookMs: Math.round(performance.now() - ms),
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  };
}

/** UTC time to the millisecond, so that names sort by age, and four random digits. */
export function nextBuildId(): BuildId {
  const time = new Date().toISOString().replace(/[-:.]/g, '');
  return `${time}-${randomBytes(2).toString('hex')}` as BuildId;
}
