/**
 * What the segments of a snapshot together know of the files of the corpus: for each path what the newest segment says
 * of it, and in which segment its articles are.
 */
import type { Catalogue, CatalogueEntry, FileFacts } from './catalogue.ts';

/** `S` is what stands for a segment. */
export interface KnownFile<S = unknown> {
  readonly entry: CatalogueEntry;
  readonly segment: S;
  /** Number in the segment of the file's first article. */
  readonly first: number;
}

export class KnownFiles<S> {
  readonly #files = new Map<string, KnownFile<S>>();
  readonly #gone = new Map<string, S>();
  readonly #incomplete = new Set<string>();
  readonly #withProblems = new Set<string>();
  /** When files have other articles without having changed, by path; ms since 1970. */
  readonly #due = new Map<string, number>();
  readonly #unknownKeys = new Map<string, number>();
  /** For each segment how many of its files have other times than its catalogue says. */
  readonly #refreshed = new Map<S, number>();

  get size(): number {
    return this.#files.size;
  }

  get(path: string): KnownFile<S> | undefined {
    return this.#files.get(path);
  }

  paths(): string[] {
    return [...this.#files.keys()];
  }

  /** What is known of the files that there is something to tell about: few of many. */
  withProblems(): KnownFile<S>[] {
    return [...this.#withProblems].map((path) => this.#files.get(path) as KnownFile<S>);
  }

  /** Paths of the files that lack an article whose id is taken. */
  incomplete(): Iterable<string> {
    return this.#incomplete;
  }

  /** Paths of the files whose articles are others by now, since a day has come. */
  dueAt(nowMs: number): string[] {
    return [...this.#due].filter(([, dueMs]) => dueMs <= nowMs).map(([path]) => path);
  }

  /** When that is so for files, by path. */
  get due(): ReadonlyMap<string, number> {
    return this.#due;
  }

  /** In how many articles of all files keys were found that mean nothing to the program. */
  get unknownKeys(): ReadonlyMap<string, number> {
    return this.#unknownKeys;
  }

  #countKeys(entry: CatalogueEntry | undefined, sign: 1 | -1): void {
    for (const { name, count } of entry?.unknownKeys ?? []) {
      this.#unknownKeys.set(name, (this.#unknownKeys.get(name) ?? 0) + sign * count);
    }
  }

  /** Takes in the catalogue of a segment that is newer than all before. */
  adopt(segment: S, catalogue: Catalogue): void {
    let first = 0;
    for (const line of catalogue) {
      this.#incomplete.delete(line.path);
      this.#withProblems.delete(line.path);
      this.#due.delete(line.path);
      this.#countKeys(this.#files.get(line.path)?.entry, -1);
      if ('isGone' in line) {
        this.#files.delete(line.path);
        this.#gone.set(line.path, segment);
        continue;
      }
      this.#files.set(line.path, { entry: line, segment, first });
      this.#gone.delete(line.path);
      if (line.taken.length > 0) this.#incomplete.add(line.path);
      if (line.problems.length > 0 || line.heldBack !== undefined) this.#withProblems.add(line.path);
      if (line.dueMs !== undefined) this.#due.set(line.path, line.dueMs);
      this.#countKeys(line, 1);
      first += line.articles;
    }
  }

  /** Notes the file data of a known file that has other times with the same content. */
  refresh(path: string, facts: FileFacts): void {
    const file = this.#files.get(path);
    if (file === undefined) return;
    this.#files.set(path, { ...file, entry: { ...file.entry, ...facts } });
    this.#refreshed.set(file.segment, (this.#refreshed.get(file.segment) ?? 0) + 1);
  }

  refreshed(segment: S): number {
    return this.#refreshed.get(segment) ?? 0;
  }

  /** Notes that the catalogue of the segment was written again. */
  forgetRefreshed(segment: S): void {
    this.#refreshed.delete(segment);
  }

  /** The files whose newest line is in one of the segments, in path order. */
  filesOf(segments: ReadonlySet<S>): KnownFile<S>[] {
    const files = [...this.#files.values()].filter(({ segment }) => segments.has(segment));
    return files.sort((a, b) => (a.entry.path < b.entry.path ? -1 : 1));
  }

  /** The paths that one of the segments says to be gone, where no newer one says otherwise. */
  goneIn(segments: ReadonlySet<S>): string[] {
    return [...this.#gone].filter(([, segment]) => segments.has(segment)).map(([path]) => path);
  }
}
