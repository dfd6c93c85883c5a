/**
 * An article's journey: find → read → split → index → compile → publish → report. Each step has its own file; this one
 * calls them in order. A build reads what changed, takes over the rest from the snapshot before, and gives the same
 * bytes as a build from nothing.
 */
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fingerprint } from '../src/analysis/analyze.ts';
import type { BuildReport } from '../src/domain/build-report.ts';
import { LedeError } from '../src/domain/error.ts';
import type { BuildId } from '../src/domain/ids.ts';
import type { FileProblem } from '../src/domain/problem.ts';
import { closeSnapshot, type OpenedSegment, openSnapshot } from '../src/engine/embedded/open-snapshot.ts';
import type { SegmentHeader } from '../src/engine/embedded/segment-format.ts';
import {
  type Manifest,
  openBuildFolder,
  publish,
  readCurrent,
  segmentFiles,
  snapshotFormat,
} from '../src/snapshot/snapshot-folder.ts';
import { Assembly } from './assembly.ts';
import { withBuildLock } from './build-lock.ts';
import type { BuildProgress } from './build-progress.ts';
import { type Catalogue, type CatalogueEntry, readCatalogue } from './catalogue.ts';
import { Crew } from './crew.ts';
import { FileWriter } from './file-writer.ts';
import { type FoundFiles, findFiles, openRoot } from './find-files.ts';
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
  /** Threads beside this one; by default as many as there are cores. The snapshot is the same with any number. */
  readonly workers?: number | undefined;
  /** Told of each file that is done, and of the beginning of each phase. */
  readonly onProgress?: (progress: BuildProgress) => void;
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
  const crew = new Crew({ workers: options.workers });
  try {
    return await buildOn(before, { ...options, crew }, started);
  } finally {
    await crew.close();
    await before?.close();
  }
}

interface Before {
  readonly manifest: Manifest;
  readonly opened: OpenedSegment;
  readonly catalogue: Catalogue;
  readonly close: () => Promise<void>;
}

/** The published snapshot, if it can be built on: an incompatible one is replaced by a full build. */
async function openBefore(data: string): Promise<Before | null> {
  let close = async () => {};
  try {
    const current = await readCurrent(data);
    if (current === null) return null;
    const snapshot = await openSnapshot(data, current, fingerprint());
    close = () => closeSnapshot(snapshot);
    const [opened] = snapshot.segments;
    if (opened === undefined) throw new LedeError('incompatible', `build "${current}" has no segment`);
    const { manifest } = snapshot;
    return { manifest, opened, catalogue: await readCatalogue(data, manifest, opened.name), close };
  } catch (error) {
    await close();
    const isReplaceable = error instanceof LedeError && ['incompatible', 'not_found'].includes(error.code);
    if (isReplaceable || error instanceof SyntaxError) return null;
    throw error;
  }
}

interface Started {
  readonly at: string;
  readonly ms: number;
}

async function buildOn(
  before: Before | null,
  options: BuildOptions & { readonly crew: Crew },
  started: Started,
): Promise<BuildReport> {
  const found = await findFiles(options.corpus);
  let assembly: Assembly | null = null;
  let filesDone = 0;
  const tell = (phase: BuildProgress['phase']) => {
    const paragraphs = assembly?.paragraphs ?? 0;
    options.onProgress?.({ phase, filesDone, filesFound: found.files.length, paragraphs });
  };
  const states = readChanges(options.corpus, found.files, { catalogue: before?.catalogue ?? [], crew: options.crew });
  const told = tellProgress(states, () => {
    filesDone++;
    tell('reading');
  });
  const first = await readToFirstChange(told, before);
  if (first.isUnchanged) return reportUnchanged(first, { before: first.before, found, started });

  const build = nextBuildId();
  const names = segmentFiles(build);
  const folder = await openBuildFolder(options.data, build);
  const texts = await FileWriter.create(join(folder, names.texts));
  try {
    assembly = new Assembly(texts, before?.opened ?? null, options.crew);
    const tally = new Tally(before, assembly);
    for (const state of first.states) await tally.take(state);
    for await (const state of told) await tally.take(state);
    // A folder that was moved away meanwhile looks like one whose files were removed.
    await openRoot(options.corpus);
    const outcome = tally.finish(found);
    tell('merging');
    const segment = await assembly.finish();
    const files = {
      [names.texts]: await texts.finish(),
      [names.segment]: await writeFile(join(folder, names.segment), segment.chunks),
      [names.catalogue]: await writeFile(join(folder, names.catalogue), [
        Buffer.from(JSON.stringify(outcome.catalogue), 'utf8'),
      ]),
    };
    const { articles, paragraphs, terms }: SegmentHeader = segment.header;
    const report: BuildReport = {
      build,
      outcome: 'published',
      ...costs(started),
      ...outcome.counts,
      paragraphs,
      terms,
    };
    const publishedAt = new Date().toISOString();
    const manifest = { format: snapshotFormat, build, publishedAt, analyzer: fingerprint() };
    const segments = [{ name: build, articles, paragraphs, removed: [] }];
    await publish(
      options.data,
      { ...manifest, articles, paragraphs, terms, segments, files, report },
      options.keepBuilds,
    );
    return report;
  } catch (error) {
    await texts.abandon();
    // A full disk must not stay full because of a build that failed of it.
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function* tellProgress(states: AsyncIterable<FileState>, onFile: () => void): AsyncGenerator<FileState> {
  for await (const state of states) {
    onFile();
    yield state;
  }
}

type FirstChange =
  | { readonly isUnchanged: true; readonly before: Before; readonly states: readonly NoChange[] }
  /** The files up to the first that changed, or all of them if some are gone. */
  | { readonly isUnchanged: false; readonly states: readonly FileState[] };

type UnchangedFile = Extract<FileState, { kind: 'unchanged' | 'incomplete' }>;
type UnreadableFile = Extract<FileState, { kind: 'unreadable' }>;
type NoChange = UnchangedFile | UnreadableFile;

/** Most builds of a folder that is followed find little or nothing: these must not begin by copying all texts. */
async function readToFirstChange(states: AsyncGenerator<FileState>, before: Before | null): Promise<FirstChange> {
  const known = new Set(before?.catalogue.map(({ path }) => path));
  const seen: NoChange[] = [];
  for (;;) {
    // Not a loop over the generator, which would close it: the rest is read later.
    const { done, value } = await states.next();
    if (done === true) break;
    // A file that could not be opened before either takes nothing away.
    const isNews = value.kind === 'read' || (value.kind === 'unreadable' && known.has(value.problem.path));
    if (isNews) return { isUnchanged: false, states: [...seen, value] };
    seen.push(value);
  }
  const kept = seen.filter(({ kind }) => kind !== 'unreadable').length;
  return before !== null && kept === before.catalogue.length
    ? { isUnchanged: true, before, states: seen }
    : { isUnchanged: false, states: seen };
}

interface Unchanged {
  readonly before: Before;
  readonly found: FoundFiles;
  readonly started: Started;
}

function reportUnchanged(
  { states }: { readonly states: readonly NoChange[] },
  { before, found, started }: Unchanged,
): BuildReport {
  const { build, articles, paragraphs, terms } = before.manifest;
  const files = states.filter((state): state is UnchangedFile => state.kind !== 'unreadable');
  const unreadable = states.filter((state): state is UnreadableFile => state.kind === 'unreadable');
  const skipped = files.filter(({ entry }) => isSkipped(entry.articles, entry.problems)).length;
  return {
    build,
    outcome: 'unchanged',
    ...costs(started),
    files: {
      found: found.found,
      read: 0,
      unchanged: files.length - skipped,
      skipped: skipped + unreadable.length + found.problems.length,
    },
    articles: { total: articles, added: 0, changed: 0, removed: 0 },
    paragraphs,
    terms,
    problems: inPathOrder([
      ...found.problems,
      ...unreadable.map(({ problem }) => problem),
      ...files.flatMap(({ entry }) => entry.problems),
    ]),
  };
}

function costs({ at, ms }: Started): Pick<BuildReport, 'startedAt' | 'tookMs' | 'peakMemoryBytes'> {
  return {
    startedAt: at,
    tookMs: Math.round(performance.now() - ms),
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  };
}

function isSkipped(articles: number, problems: readonly FileProblem[]): boolean {
  return articles === 0 && problems.some((problem) => problem.severity === 'skipped');
}

function inPathOrder(problems: readonly FileProblem[]): FileProblem[] {
  return [...problems].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
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
    await writer.abandon();
    throw error;
  }
}

interface Outcome {
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
  #kept = 0;
  #added = 0;
  #changed = 0;
  #read = 0;
  #unchanged = 0;
  #skipped = 0;

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
    } else if (state.kind === 'incomplete') {
      const again = await state.read();
      if (again.isSame) await this.#add(again.state, { isSame: true });
      else await this.take(again.state);
    } else {
      await this.#add(state, { isSame: false });
    }
  }

  finish({ found, problems }: FoundFiles): Outcome {
    const articlesBefore = this.#before?.manifest.articles ?? 0;
    return {
      catalogue: this.#catalogue,
      counts: {
        files: { found, read: this.#read, unchanged: this.#unchanged, skipped: this.#skipped + problems.length },
        articles: {
          total: this.#owners.size,
          added: this.#added,
          changed: this.#changed,
          removed: articlesBefore - this.#kept - this.#changed,
        },
        problems: inPathOrder([...problems, ...this.#problems]),
      },
    };
  }

  async #keep(entry: CatalogueEntry, place: number): Promise<void> {
    const { segment } = (this.#before as Before).opened;
    const first = this.#firstArticles[place] as number;
    const duplicates: FileProblem[] = [];
    for (let article = first; article < first + entry.articles; article++) {
      const id = segment.ids.name(article);
      if (this.#isTaken(id, entry.path, duplicates)) continue;
      this.#kept++;
      await this.#assembly.keep(article);
    }
    const problems = [...entry.problems, ...duplicates];
    const articles = entry.articles - duplicates.length;
    if (isSkipped(articles, problems)) this.#skipped++;
    else this.#unchanged++;
    this.#catalogue.push({ ...entry, articles, hasDuplicates: duplicates.length > 0, problems });
    this.#problems.push(...problems);
  }

  async #add(
    { file, articles: sources, problems: told }: Extract<FileState, { kind: 'read' }>,
    { isSame }: { readonly isSame: boolean },
  ): Promise<void> {
    const segment = this.#before?.opened.segment;
    const duplicates: FileProblem[] = [];
    for (const source of sources) {
      if (this.#isTaken(source.id, file.path, duplicates)) continue;
      const known = segment?.findArticle(source.id) ?? -1;
      if (isSame && known >= 0 && segment?.paths.name(known) === file.path) {
        this.#kept++;
        await this.#assembly.keep(known);
        continue;
      }
      if (known >= 0) this.#changed++;
      else this.#added++;
      await this.#assembly.add(source);
    }
    const problems = [...told, ...duplicates];
    const articles = sources.length - duplicates.length;
    if (isSkipped(articles, problems)) this.#skipped++;
    else if (isSame) this.#unchanged++;
    else this.#read++;
    this.#catalogue.push({ ...file, articles, hasDuplicates: duplicates.length > 0, problems });
    this.#problems.push(...problems);
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
