/**
 * An article's journey: find → read → split → index → compile → publish → report. Each step has its own file; this one
 * calls them in order. A build reads what changed, takes over the rest from the snapshot before, and gives the same
 * bytes as a build from nothing.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fingerprint } from '../src/analysis/analyze.ts';
import type { BuildReport } from '../src/domain/build-report.ts';
import { LedeError } from '../src/domain/error.ts';
import type { BuildId } from '../src/domain/ids.ts';
import type { FileProblem } from '../src/domain/problem.ts';
import { type OpenedSnapshot, openSnapshot } from '../src/engine/embedded/open-snapshot.ts';
import type { SegmentHeader } from '../src/engine/embedded/segment-format.ts';
import {
  openBuildFolder,
  publish,
  readCurrent,
  snapshotFiles,
  snapshotFormat,
} from '../src/snapshot/snapshot-folder.ts';
import { Assembly } from './assembly.ts';
import { withBuildLock } from './build-lock.ts';
import { type Catalogue, type CatalogueEntry, readCatalogue } from './catalogue.ts';
import { FileWriter } from './file-writer.ts';
import { findFiles } from './find-files.ts';
import { prepareArticle } from './prepare-article.ts';
import { type FileState, readChanges } from './read-changes.ts';

export interface BuildOptions {
  /** Folder with the articles. */
  readonly corpus: string;
  /** Folder for snapshots. */
  readonly data: string;
  /** Whether to read every file, whatever the snapshot before holds. */
  readonly isFull: boolean;
  /** How many builds stay for rollback, this one included. */
  readonly keepBuilds: number;
  /** Told now and then how many files are done. */
  readonly onProgress?: (filesDone: number, filesFound: number) => void;
}

/**
 * Builds and publishes a snapshot, or finds that nothing changed. Throws `LedeError`: `not_found` or `invalid` for a corpus
 * that is no folder, `unavailable` while another build runs; on any error the published snapshot stays as it was.
 */
export function build(options: BuildOptions): Promise<BuildReport> {
  return withBuildLock(options.data, () => buildLocked(options));
}

async function buildLocked(options: BuildOptions): Promise<BuildReport> {
  const started = { at: new Date().toISOString(), ms: performance.now() };
  const before = options.isFull ? null : await openBefore(options.data);
  try {
    return await buildOn(before, options, started);
  } finally {
    await before?.snapshot.texts.close();
  }
}

interface Before {
  readonly snapshot: OpenedSnapshot;
  readonly catalogue: Catalogue;
}

/** The published snapshot, if it can be built on: an incompatible one is replaced by a full build. */
async function openBefore(data: string): Promise<Before | null> {
  let snapshot: OpenedSnapshot | null = null;
  try {
    const current = await readCurrent(data);
    if (current === null) return null;
    snapshot = await openSnapshot(data, current, fingerprint());
    return { snapshot, catalogue: await readCatalogue(data, snapshot.manifest) };
  } catch (error) {
    await snapshot?.texts.close();
    const isReplaceable = error instanceof LedeError && ['incompatible', 'not_found'].includes(error.code);
    if (isReplaceable || error instanceof SyntaxError) return null;
    throw error;
  }
}

interface Started {
  readonly at: string;
  readonly ms: number;
}

async function buildOn(before: Before | null, options: BuildOptions, started: Started): Promise<BuildReport> {
  const build = nextBuildId();
  const folder = await openBuildFolder(options.data, build);
  const texts = await FileWriter.create(join(folder, snapshotFiles.texts));
  try {
    const found = await findFiles(options.corpus);
    const assembly = new Assembly(texts, before?.snapshot ?? null);
    const tally = new Tally(before, assembly);
    let done = 0;
    for await (const state of readChanges(options.corpus, found.files, before?.catalogue ?? [])) {
      await tally.take(state);
      done++;
      if (done % 100 === 0) options.onProgress?.(done, found.files.length);
    }
    options.onProgress?.(done, found.files.length);

    const outcome = tally.finish(found.found, found.problems);
    const facts = { startedAt: started.at, peakMemoryBytes: process.resourceUsage().maxRSS * 1024 };
    const took = () => ({ tookMs: Math.round(performance.now() - started.ms) });
    if (before !== null && !outcome.isChanged) {
      const { manifest } = before.snapshot;
      const { paragraphs, terms } = manifest;
      const report: BuildReport = {
        build: manifest.build,
        outcome: 'unchanged',
        ...facts,
        ...took(),
        ...outcome.counts,
        paragraphs,
        terms,
      };
      await texts.abandon();
      return report;
    }

    const segment = assembly.finish();
    const files = {
      [snapshotFiles.texts]: await texts.finish(),
      [snapshotFiles.segment]: await writeFile(join(folder, snapshotFiles.segment), segment.chunks),
      [snapshotFiles.catalogue]: await writeFile(join(folder, snapshotFiles.catalogue), [
        Buffer.from(JSON.stringify(outcome.catalogue), 'utf8'),
      ]),
    };
    const { articles, paragraphs, terms }: SegmentHeader = segment.header;
    const report: BuildReport = {
      build,
      outcome: 'published',
      ...facts,
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
      ...took(),
      ...outcome.counts,
      paragraphs,
      terms,
    };
    const publishedAt = new Date().toISOString();
    const manifest = { format: snapshotFormat, build, publishedAt, analyzer: fingerprint() };
    await publish(options.data, { ...manifest, articles, paragraphs, terms, files, report }, options.keepBuilds);
    return report;
  } catch (error) {
    await texts.abandon().catch(() => undefined);
    throw error;
  }
}

/** UTC time to the millisecond, so that names sort by age, and four random digits. */
function nextBuildId(): BuildId {
  const time = new Date().toISOString().replace(/[-:.]/g, '');
  return `${time}-${randomBytes(2).toString('hex')}` as BuildId;
}

async function writeFile(path: string, chunks: readonly Uint8Array[]): Promise<{ bytes: number; crc32: number }> {
  const writer = await FileWriter.create(path);
  try {
    for (const chunk of chunks) await writer.write(chunk);
    return await writer.finish();
  } catch (error) {
    await writer.abandon().catch(() => undefined);
    throw error;
  }
}

interface Outcome {
  readonly isChanged: boolean;
  readonly catalogue: Catalogue;
  readonly counts: Pick<BuildReport, 'files' | 'articles' | 'problems'>;
}

/** Takes the files one by one, hands their articles to the assembly, and counts. */
class Tally {
  readonly #before: Before | null;
  readonly #assembly: Assembly;
  readonly #catalogue: CatalogueEntry[] = [];
  readonly #problems: FileProblem[] = [];
  /** Article ids of the new snapshot, with the path of each. */
  readonly #owners = new Map<string, string>();
  /** First article number of each catalogue entry before. */
  readonly #firstArticles: number[] = [];
  /** Ids that files read again had before, with a hash of nothing: presence is enough. */
  readonly #kept = new Set<string>();
  #added = 0;
  #changed = 0;
  #read = 0;
  #unchanged = 0;
  #skipped = 0;
  #isOtherwiseChanged = false;

  constructor(before: Before | null, assembly: Assembly) {
    this.#before = before;
    this.#assembly = assembly;
    let first = 0;
    for (const entry of before?.catalogue ?? []) {
      this.#firstArticles.push(first);
      first += entry.articles;
    }
  }

  async take(state: FileState): Promise<void> {
    if (state.kind === 'unreadable') {
      this.#problems.push(state.problem);
      this.#skipped++;
    } else if (state.kind === 'unchanged') {
      await this.#keep(state.entry, state.place);
    } else {
      await this.#add(state);
    }
  }

  finish(found: number, problems: readonly FileProblem[]): Outcome {
    const articles = this.#owners.size;
    const articlesBefore = this.#before?.snapshot.manifest.articles ?? 0;
    const removed = articlesBefore - this.#kept.size - this.#changed;
    const all = [...problems, ...this.#problems].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    return {
      isChanged: this.#isOtherwiseChanged || this.#added + this.#changed + removed > 0,
      catalogue: this.#catalogue,
      counts: {
        files: { found, read: this.#read, unchanged: this.#unchanged, skipped: this.#skipped + problems.length },
        articles: { total: articles, added: this.#added, changed: this.#changed, removed },
        problems: all,
      },
    };
  }

  async #keep(entry: CatalogueEntry, place: number): Promise<void> {
    const { segment } = (this.#before as Before).snapshot;
    const first = this.#firstArticles[place] as number;
    const duplicates: FileProblem[] = [];
    for (let article = first; article < first + entry.articles; article++) {
      const id = segment.ids.name(article);
      if (this.#isTaken(id, entry.path, duplicates)) continue;
      this.#kept.add(id);
      await this.#assembly.keep(article);
    }
    this.#count(entry.articles, entry.problems);
    this.#catalogue.push({
      ...entry,
      articles: entry.articles - duplicates.length,
      hasDuplicates: duplicates.length > 0,
      problems: [...entry.problems, ...duplicates],
    });
    this.#problems.push(...entry.problems, ...duplicates);
  }

  #count(articles: number, problems: readonly FileProblem[]): void {
    if (articles === 0 && problems.some((problem) => problem.severity === 'skipped')) this.#skipped++;
    else this.#unchanged++;
  }

  async #add({ file, articles, problems }: Extract<FileState, { kind: 'read' }>): Promise<void> {
    const segment = this.#before?.snapshot.segment;
    const duplicates: FileProblem[] = [];
    for (const source of articles) {
      if (this.#isTaken(source.id, file.path, duplicates)) continue;
      if (segment !== undefined && segment.findArticle(source.id) >= 0) this.#changed++;
      else this.#added++;
      await this.#assembly.add(prepareArticle(source));
    }
    if (articles.length === 0) this.#skipped++;
    else this.#read++;
    const all = [...problems, ...duplicates];
    this.#catalogue.push({
      ...file,
      articles: articles.length - duplicates.length,
      hasDuplicates: duplicates.length > 0,
      problems: all,
    });
    this.#problems.push(...all);
  }

  /** Whether another article has the id; reports it if so, takes the id if not. */
  #isTaken(id: string, path: string, duplicates: FileProblem[]): boolean {
    const owner = this.#owners.get(id);
    if (owner === undefined) {
      this.#owners.set(id, path);
      return false;
    }
    const reason = `article id "${id}" is taken by "${owner}": give it another id`;
    duplicates.push({ path, line: null, severity: 'skipped', reason });
    return true;
  }
}
