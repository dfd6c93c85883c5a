/**
 * The text file of a snapshot: per article its data, then its paragraphs, each as JSON in UTF-8, behind each other.
 * The segment knows where each begins. Nothing in a record depends on its place, so that records can be copied from
 * one snapshot to the next as they are.
 */
import type { FileHandle } from 'node:fs/promises';
import type { ArticleData, Paragraph, ParagraphKind } from '../../domain/article.ts';
import { LedeError } from '../../domain/error.ts';
import type { ArticleId, ArticleOrdinal, ParagraphId, ParagraphOrdinal } from '../../domain/ids.ts';
import type { ArticleStore } from '../engine.ts';
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
  return JSON.parse(asText(record)) as ArticleData;
}

/** Inverse of `encodeParagraph`. Throws `SyntaxError` for other bytes. */
export function decodeParagraph(record: Uint8Array): Paragraph {
  return toParagraph(JSON.parse(asText(record)) as ParagraphRecord);
}

function asText({ buffer, byteOffset, length }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, length).toString('utf8');
}

/** `length` bytes from `position` on; null where the file ends before. */
export async function readRecord(file: FileHandle, position: number, length: number): Promise<Buffer | null> {
  const buffer = Buffer.allocUnsafe(length);
  for (let at = 0; at < length; ) {
    const { bytesRead } = await file.read(buffer, at, length - at, position + at);
    if (bytesRead === 0) return null;
    at += bytesRead;
  }
  return buffer;
}

/** Reads texts and article data of an open snapshot from disk, a read per article or paragraph asked for. */
export class TextFile implements ArticleStore {
  readonly #segment: Segment;
  readonly #file: FileHandle;
  readonly #name: string;

  /** `name` stands in error messages. Closes the file when it is closed itself. */
  constructor(segment: Segment, file: FileHandle, name: string) {
    this.#segment = segment;
    this.#file = file;
    this.#name = name;
  }

  async find(id: ArticleId): Promise<ArticleOrdinal | null> {
    const article = this.#segment.findArticle(id);
    return article < 0 ? null : (article as ArticleOrdinal);
  }

  async readArticle(article: ArticleOrdinal): Promise<ArticleData> {
    const { articleDataBytes, articleTextStarts } = this.#segment.sections;
    const bytes = this.#checked(articleDataBytes[article], `article ${article}`);
    return (await this.#readJson(articleTextStarts[article] as number, bytes)) as ArticleData;
  }

  async readParagraph(paragraph: ParagraphOrdinal): Promise<Paragraph> {
    const { articleDataBytes, articleStarts, articleTextStarts, paragraphBytes } = this.#segment.sections;
    const bytes = this.#checked(paragraphBytes[paragraph], `paragraph ${paragraph}`);
    const article = this.#segment.articleOf(paragraph);
    let at = (articleTextStarts[article] as number) + (articleDataBytes[article] as number);
    for (let i = articleStarts[article] as number; i < paragraph; i++) at += paragraphBytes[i] as number;
    return toParagraph((await this.#readJson(at, bytes)) as ParagraphRecord);
  }

  async readParagraphs(article: ArticleOrdinal): Promise<readonly Paragraph[]> {
    const { articleDataBytes, articleStarts, articleTextStarts, paragraphBytes } = this.#segment.sections;
    const dataBytes = this.#checked(articleDataBytes[article], `article ${article}`);
    const start = (articleTextStarts[article] as number) + dataBytes;
    const record = await this.#read(start, (articleTextStarts[article + 1] as number) - start);
    const paragraphs: Paragraph[] = [];
    let at = 0;
    const end = articleStarts[article + 1] as number;
    for (let paragraph = articleStarts[article] as number; paragraph < end; paragraph++) {
      const next = at + (paragraphBytes[paragraph] as number);
      paragraphs.push(toParagraph(this.#parse(record.subarray(at, next)) as ParagraphRecord));
      at = next;
    }
    return paragraphs;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #readJson(position: number, length: number): Promise<unknown> {
    return this.#parse(await this.#read(position, length));
  }

  async #read(position: number, length: number): Promise<Buffer> {
    const bytes = await readRecord(this.#file, position, length);
    if (bytes === null) throw this.#damaged(`it ends before byte ${position + length}`);
    return bytes;
  }

  #parse(bytes: Buffer): unknown {
    try {
      return JSON.parse(bytes.toString('utf8'));
    } catch (cause) {
      throw this.#damaged('a record is not readable', cause);
    }
  }

  #checked(bytes: number | undefined, what: string): number {
    if (bytes === undefined) throw new LedeError('internal', `${this.#name} has no ${what}`);
    return bytes;
  }

  #damaged(what: string, cause?: unknown): LedeError {
    return new LedeError('internal', `${this.#name} is damaged: ${what}; run \`lede build --full\``, { cause });
  }
}

function toParagraph([id, kind, heading, text]: ParagraphRecord): Paragraph {
  return { id: id as ParagraphId, kind, heading, text };
}
