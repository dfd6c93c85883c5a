/**
 * The articles that the corpus' owners pinned to queries, from a file that is read again whenever it has changed. Whatever
 * is wrong with it is told and kept for the status, and never stops a search.
 */
import { readFile, stat } from 'node:fs/promises';
import type { ArticleId, ArticleOrdinal } from '../domain/ids.ts';
import { limits } from '../domain/limits.ts';
import type { PinsStatus } from '../domain/service-status.ts';
import { type ParsedPins, type Pin, parsePins, pinKey } from '../query/pins.ts';
import type { Searchable } from '../searchable.ts';

/** Told the state of the file when it was read and has problems, or has none any more. */
export type OnPins = (status: PinsStatus) => void;

interface ReadPins extends ParsedPins {
  /** Changes with the file. */
  readonly edition: string;
}

const noPins: ReadPins = { edition: 'none', pins: new Map(), problems: [] };

export class PinnedArticles {
  readonly #file: string;
  readonly #onPins: OnPins;
  #read = noPins;
  #status: PinsStatus | null = null;

  constructor(file: string, onPins: OnPins) {
    this.#file = file;
    this.#onPins = onPins;
  }

  /** What the file says, as far as it is known; null where there is none. */
  get status(): PinsStatus | null {
    return this.#status;
  }

  /** Another text whenever the file is another one. */
  async edition(searchable: Searchable): Promise<string> {
    return (await this.#refresh(searchable)).edition;
  }

  /** The articles for a query, in the order of their lines; what leads to no article is left out. */
  async of(query: string, searchable: Searchable): Promise<readonly ArticleOrdinal[]> {
    const { pins } = await this.#refresh(searchable);
    const key = pins.size === 0 ? null : pinKey(query);
    const own = key === null ? [] : (pins.get(key) ?? []);
    const found = await Promise.all(own.map((pin) => findPinned(pin, searchable)));
    return [...new Set(found.filter((article) => article !== null))];
  }

  /** Looks whether the lines lead to articles of the snapshot. To be called when another one answers. */
  async check(searchable: Searchable): Promise<void> {
    const read = await this.#refresh(searchable);
    if (read.edition !== noPins.edition) await this.#tell(read, searchable);
  }

  async #refresh(searchable: Searchable): Promise<ReadPins> {
    const edition = await editionOf(this.#file);
    if (edition === this.#read.edition) return this.#read;
    const read = edition === noPins.edition ? noPins : await readPins(this.#file, edition);
    this.#read = read;
    if (read === noPins) this.#status = null;
    else await this.#tell(read, searchable);
    return read;
  }

  async #tell(read: ReadPins, searchable: Searchable): Promise<void> {
    const problems = [...read.problems];
    for (const pin of [...read.pins.values()].flat()) {
      if ((await findPinned(pin, searchable)) !== null) continue;
      problems.push({ line: pin.line, reason: `there is no article "${pin.article}": expected a path or an id` });
    }
    problems.sort((a, b) => a.line - b.line);
    const before = JSON.stringify(this.#status?.problems ?? []);
    this.#status = { queries: read.pins.size, problems };
    if (JSON.stringify(problems) !== before) this.#onPins(this.#status);
  }
}

async function findPinned({ article }: Pin, { store }: Searchable): Promise<ArticleOrdinal | null> {
  return (await store.find(article as ArticleId)) ?? store.findPath(article.replace(/^\.?\//, ''));
}

/** Size, times and number of the file: nobody changes it without changing one of them. */
async function editionOf(file: string): Promise<string> {
  try {
    const { size, mtimeNs, ctimeNs, ino } = await stat(file, { bigint: true });
    return [size, mtimeNs, ctimeNs, ino].join(' ');
  } catch (error) {
    return isMissing(error) ? noPins.edition : messageOf(error);
  }
}

async function readPins(file: string, edition: string): Promise<ReadPins> {
  try {
    const { size } = await stat(file);
    if (size > limits.pinBytes) throw new Error(`found ${size} bytes, expected ${limits.pinBytes} at most`);
    return { edition, ...parsePins(await readFile(file, 'utf8')) };
  } catch (error) {
    return { edition, pins: new Map(), problems: [{ line: 1, reason: `cannot be read: ${messageOf(error)}` }] };
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
