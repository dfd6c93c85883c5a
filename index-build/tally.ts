/**
 * Takes the files of a build one by one, in path order: decides which article has an id, what goes into the delta and
 * what of the snapshot before no longer counts, and counts.
 *
 * An id belongs to the first file in path order that has it. Where a changed file takes one that a later, unchanged file
 * has, that file is read again, since it loses an article; where a file lacks an article whose id is taken, it is read
 * again once that id is no longer taken by the same file.
 */
import type { BuildReport } from '../src/domain/build-report.ts';
import type { FileProblem } from '../src/domain/problem.ts';
import { type CatalogueEntry, isSkipped, type TakenId } from './catalogue.ts';
import type { Delta } from './delta.ts';
import type { KnownFile } from './known-files.ts';
import type { Published } from './published.ts';
import type { ReadingQueue, ReadOutcome } from './read-changes.ts';

type ReadFile = Extract<ReadOutcome, { kind: 'read' }>;

export interface TallyOptions {
  readonly before: Published | null;
  readonly delta: Delta;
  readonly queue: ReadingQueue;
  /** Known files that are to be read, or that are gone. */
  readonly changed: Iterable<string>;
  readonly gone: Iterable<string>;
}

export class Tally {
  readonly #before: Published | null;
  readonly #delta: Delta;
  readonly #queue: ReadingQueue;
  /** Files of which the snapshot before does not tell what they have now. */
  readonly #doubtful: Set<string>;
  /** Ids that files taken so far have, with the path of each. */
  readonly #owners = new Map<string, string>();
  /** What was known of files that are in the delta or gone. */
  readonly superseded: KnownFile<string>[] = [];
  /** Files that could not be opened. */
  readonly unreadable = new Map<string, FileProblem>();
  #kept = 0;
  #added = 0;
  #changed = 0;
  #read = 0;

  constructor({ before, delta, queue, changed, gone }: TallyOptions) {
    this.#before = before;
    this.#delta = delta;
    this.#queue = queue;
    this.#doubtful = new Set(changed);
    for (const path of gone) {
      this.#doubtful.add(path);
      this.#drop(path);
    }
    // What is gone changes who has an id, too.
    for (const path of before?.known.incomplete() ?? []) if (!this.#doubtful.has(path)) queue.add(path);
  }

  /** The next file of the queue; false at its end. */
  async takeNext(): Promise<boolean> {
    const next = await this.#queue.take();
    if (next === null) return false;
    const known = this.#before?.known.get(next.path);
    const isDoubtful = known === undefined || this.#doubtful.has(next.path);
    if (isDoubtful || !this.#isComplete(known)) await this.#settle(next.path, await next.read());
    return true;
  }

  /** Files that were read because their content changed, and of which something can be searched. */
  get filesRead(): number {
    return this.#read;
  }

  get articles(): BuildReport['articles'] {
    const superseded = this.superseded.reduce((sum, { entry }) => sum + entry.articles, 0);
    const before = this.#before?.manifest.articles ?? 0;
    return {
      total: before - superseded + this.#kept + this.#changed + this.#added,
      added: this.#added,
      changed: this.#changed,
      removed: superseded - this.#kept - this.#changed,
    };
  }

  /** Whether the ids that a file lacks are still taken by the files that took them. */
  #isComplete({ entry }: KnownFile<string>): boolean {
    return entry.taken.every(({ id, by }) => this.#findOwner(id, entry.path) === by);
  }

  async #settle(path: string, outcome: ReadOutcome): Promise<void> {
    this.#doubtful.add(path);
    if (outcome.kind === 'read') return this.#take(outcome);
    if (outcome.kind === 'unreadable') this.unreadable.set(path, outcome.problem);
    this.#drop(path);
  }

  #drop(path: string): void {
    const known = this.#before?.known.get(path);
    if (known === undefined) return;
    this.superseded.push(known);
    this.#delta.gone.push(path);
  }

  async #take({ file, articles: sources, problems, notes }: ReadFile): Promise<void> {
    const known = this.#before?.known.get(file.path);
    const isSame = known?.entry.contentHash === file.contentHash;
    const taken: TakenId[] = [];
    const own = sources.filter(({ id }) => {
      const by = this.#claim(id, file.path);
      if (by !== null) taken.push({ id, by });
      return by === null;
    });
    const duplicates = taken.map(({ id, by }) => duplicateProblem(file.path, id, by));
    const entry = { ...file, articles: own.length, taken, problems: [...problems, ...duplicates], ...notes };
    if (known !== undefined && isSame && this.#isAsBefore(known, entry, own)) {
      this.#before?.known.refresh(file.path, file);
      return;
    }
    for (const source of own) {
      const before = this.#before?.ownerOf(source.id);
      if (before && isSame && before.entry.path === file.path) this.#kept++;
      else if (before) this.#changed++;
      else this.#added++;
      await this.#delta.add(source);
    }
    this.#delta.files.push(entry);
    if (known !== undefined) this.superseded.push(known);
    if (!isSame && !isSkipped(entry)) this.#read++;
  }

  #isAsBefore(known: KnownFile<string>, entry: CatalogueEntry, own: readonly { readonly id: string }[]): boolean {
    const told = ({ taken, problems, heldBack, unknownKeys, dueMs }: CatalogueEntry) =>
      JSON.stringify([taken, problems, heldBack, unknownKeys, dueMs]);
    return (
      known.entry.articles === entry.articles &&
      told(known.entry) === told(entry) &&
      (this.#before as Published).idsOf(known).every((id, index) => id === own[index]?.id)
    );
  }

  /** Gives an id to a file, or names the file that has it. */
  #claim(id: string, path: string): string | null {
    const owner = this.#findOwner(id, path);
    if (owner === null) this.#owners.set(id, path);
    return owner;
  }

  /** Which file up to `path` has the id; a later one that has it is to be read again. */
  #findOwner(id: string, path: string): string | null {
    const owner = this.#owners.get(id);
    if (owner !== undefined) return owner;
    const known = this.#before?.ownerOf(id)?.entry.path;
    if (known === undefined || this.#doubtful.has(known)) return null;
    if (known <= path) return known;
    this.#doubtful.add(known);
    this.#queue.add(known);
    return null;
  }
}

function duplicateProblem(path: string, id: string, by: string): FileProblem {
  return {
    path,
    line: null,
    severity: 'skipped',
    reason: `article id "${id}" is taken by "${by}": give it another id`,
  };
}
