/**
 * The text file of a snapshot: per article its data, then its paragraphs, each as JSON in UTF-8, behind each other.
 * The segment knows where each begins. Nothing in a record depends on its place, so that records can be copied from
 * one snapshot to the next as they are.
 */
import { readSync } from 'node:fs';
import type { ArticleData, Paragraph, ParagraphKind } from '../../domain/article.ts';
import { LedeError } from '../../domain/error.ts';
import type { ArticleId, ArticleOrdinal, ParagraphId, ParagraphOrdinal } from '../../domain/ids.ts';
import type { ArticleStore, Passages } from '../engine.ts';
import type { Segment } from './segment.ts';

/** A paragraph's record: [id, kind, heading, text]. */
type ParagraphRecord = readonly [id: string, kind: ParagraphKind, heading: string | null, text: string];

export function encodeArticleData(data: ArticleData): Uint8Array {
  return Buffer.from(JSON.stringify(data), 'utf8');
}

export function encodeParagraph({ id, kind, heading, text }: Paragraph): Uint8Array {
  return Buffer.from(JSON.stringify([id, kind, heading, text] satisfies ParagraphRecord), 'utf8');
}

/** Inverse of `encodeArticleData`. Throws `SyntaxError` for other bytes. */
export function decodeArticleData(record: Uint8Array): ArticleData {
  return parseRecord(record) as ArticleData;
}

/** Inverse of `encodeParagraph`. Throws `SyntaxError` for other bytes. */
export function decodeParagraph(record: Uint8Array): Paragraph {
  return toParagraph(parseRecord(record) as ParagraphRecord);
}

function toParagraph([id, kind, heading, text]: ParagraphRecord): Paragraph {
  return { id: id as ParagraphId, kind, heading, text };
}

function parseRecord({ buffer, byteOffset, length }: Uint8Array): unknown {
  return JSON.parse(Buffer.from(buffer, byteOffset, length).toString('utf8'));
}

/** `length` bytes from `position` on; null where the file ends before. Waits for the disk. */
export function readRecord(fd: number, position: number, length: number): Buffer | null {
  const buffer = Buffer.allocUnsafe(length);
  for (let at = 0; at < length; ) {
    const bytesRead = readSync(fd, buffer, at, length - at, position + at);
    if (bytesRead === 0) return null;
    at += bytesRead;
  }
  return buffer;
}

/**
 * Bytes between two records for which reading on costs no more than a second call: of a file in the system's cache 500
 * bytes take 1.1 µs, 16 kB 2.3 µs.
 */
const bytesWorthReading = 16 * 1024;

/**
 * Reads texts and article data of an open segment from disk. Reads are synchronous: a search runs in a thread that has
 * nothing else to do, and through promises 500 bytes take 47 µs instead of 1.1 µs.
 */
export class TextFile implements Omit<ArticleStore, 'readOpening'> {
  readonly #segment: Segment;
  readonly #fd: number;
  readonly #name: string;

  /** `fd` stays open: whoever opened it closes it. `name` stands in error messages. */
  constructor(segment: Segment, fd: number, name: string) {
    this.#segment = segment;
    this.#fd = fd;
    this.#name = name;
  }

  async find(id: ArticleId): Promise<ArticleOrdinal | null> {
    const article = this.#segment.findArticle(id);
    return article < 0 ? null : (article as ArticleOrdinal);
  }

  async findPath(path: string): Promise<ArticleOrdinal | null> {
    const article = this.#segment.findPath(path);
    return this.#segment.paths.size > article && this.#segment.paths.name(article) === path
      ? (article as ArticleOrdinal)
      : null;
  }

  async readArticle(article: ArticleOrdinal): Promise<ArticleData> {
    const { data } = this.#open(article);
    return this.#articleData(this.#read(data.start, data.end));
  }

  async readParagraph(paragraph: ParagraphOrdinal): Promise<Paragraph> {
    if (this.#segment.sections.paragraphBytes[paragraph] === undefined) throw this.#missing(`paragraph ${paragraph}`);
    const article = this.#segment.articleOf(paragraph) as ArticleOrdinal;
    const { start, end } = this.#place(this.#open(article), paragraph);
    return this.#paragraph(this.#read(start, end));
  }

  async readPassages(article: ArticleOrdinal, paragraphs: readonly ParagraphOrdinal[]): Promise<Passages> {
    const record = this.#open(article);
    const asked = paragraphs.length > 0 ? paragraphs : record.first < record.last ? [record.first] : [];
    const places = [record.data, ...asked.map((paragraph) => this.#place(record, paragraph))];
    const [data, ...texts] = this.#readPlaces(places);
    return {
      data: this.#articleData(data as Buffer),
      paragraphs: texts.map((bytes) => this.#paragraph(bytes)),
    };
  }

  async readParagraphs(article: ArticleOrdinal): Promise<readonly Paragraph[]> {
    const record = this.#open(article);
    const { paragraphBytes } = this.#segment.sections;
    const bytes = this.#read(record.data.end, record.end);
    const paragraphs: Paragraph[] = [];
    let at = 0;
    for (let paragraph = record.first; paragraph < record.last; paragraph++) {
      const next = at + (paragraphBytes[paragraph] as number);
      paragraphs.push(this.#paragraph(bytes.subarray(at, next)));
      at = next;
    }
    return paragraphs;
  }

  async close(): Promise<void> {
    // The file is closed by whoever opened it.
  }

  /** Where an article's bytes and paragraphs are. */
  #open(article: number): ArticleRecord {
    const { articleDataBytes, articleStarts, articleTextStarts } = this.#segment.sections;
    const dataBytes = articleDataBytes[article];
    if (dataBytes === undefined) throw this.#missing(`article ${article}`);
    const start = articleTextStarts[article] as number;
    return {
      article,
      data: { start, end: start + dataBytes },
      end: articleTextStarts[article + 1] as number,
      first: articleStarts[article] as number,
      last: articleStarts[article + 1] as number,
    };
  }

  #place({ article, data, first, last }: ArticleRecord, paragraph: number): Place {
    if (!(paragraph >= first && paragraph < last)) throw this.#missing(`paragraph ${paragraph} in article ${article}`);
    const { paragraphBytes } = this.#segment.sections;
    let start = data.end;
    for (let i = first; i < paragraph; i++) start += paragraphBytes[i] as number;
    return { start, end: start + (paragraphBytes[paragraph] as number) };
  }

  /** The bytes of each place, with one read for those that lie near each other. */
  #readPlaces(places: readonly Place[]): Buffer[] {
    const read: Buffer[] = [];
    const order = places.map((_, index) => index).sort((a, b) => startOf(places, a) - startOf(places, b));
    for (let next = 0; next < order.length; ) {
      const first = next;
      const from = startOf(places, order[first] as number);
      let to = from;
      for (; next < order.length; next++) {
        const { start, end } = places[order[next] as number] as Place;
        if (start > to + bytesWorthReading) break;
        to = Math.max(to, end);
      }
      const bytes = this.#read(from, to);
      for (const index of order.slice(first, next)) {
        const { start, end } = places[index] as Place;
        read[index] = bytes.subarray(start - from, end - from);
      }
    }
    return read;
  }

  #read(start: number, end: number): Buffer {
    const bytes = readRecord(this.#fd, start, end - start);
    if (bytes === null) throw this.#damaged(`it ends before byte ${end}`);
    return bytes;
  }

  #articleData(bytes: Buffer): ArticleData {
    const data = this.#decode(bytes, parseRecord);
    if (!isArticleData(data)) throw this.#damaged('a record is no article');
    return data;
  }

  #paragraph(bytes: Buffer): Paragraph {
    const record = this.#decode(bytes, parseRecord);
    if (!isParagraphRecord(record)) throw this.#damaged('a record is no paragraph');
    return toParagraph(record);
  }

  #decode<T>(bytes: Buffer, decode: (record: Uint8Array) => T): T {
    try {
      return decode(bytes);
    } catch (cause) {
      throw this.#damaged('a record is not readable', cause);
    }
  }

  #missing(what: string): LedeError {
    return new LedeError('internal', `${this.#name} has no ${what}`);
  }

  #damaged(what: string, cause?: unknown): LedeError {
    return new LedeError('internal', `${this.#name} is damaged: ${what}; run \`lede build --full\``, { cause });
  }
}

/** Whether a record says what the pages show, in its types. */
function isArticleData(data: unknown): data is ArticleData {
  if (typeof data !== 'object' || data === null) return false;
  const { authors, date, guessed, id, language, path, source, tags, title, url, weight, searchWeight } =
    data as Partial<ArticleData>;
  return (
    [id, path, title].every((value) => typeof value === 'string') &&
    [date, source, url, language].every((value) => value === null || typeof value === 'string') &&
    [weight, searchWeight].every((value) => value === undefined || typeof value === 'number') &&
    [authors, tags, guessed].every(
      (values) => Array.isArray(values) && values.every((value) => typeof value === 'string'),
    )
  );
}

function isParagraphRecord(record: unknown): record is ParagraphRecord {
  if (!Array.isArray(record)) return false;
  const [id, kind, heading, text] = record as unknown[];
  return (
    [id, kind, text].every((value) => typeof value === 'string') && (heading === null || typeof heading === 'string')
  );
}

/** Bytes of the file, end excluded. */
interface Place {
  readonly start: number;
  readonly end: number;
}

interface ArticleRecord {
  readonly article: number;
  readonly data: Place;
  /** Where its last paragraph's bytes end. */
  readonly end: number;
  /** Its paragraphs, the last excluded. */
  readonly first: number;
  readonly last: number;
}

function startOf(places: readonly Place[], index: number): number {
  return (places[index] as Place).start;
}
