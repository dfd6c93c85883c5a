/**
 * A judged collection's documents, cut into files that a build reads: `docs.jsonl` may be of any size, a file of a corpus
 * may not. Lines are copied as they are.
 */
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { LedeError } from '../domain/error.ts';
import { limits } from '../domain/limits.ts';

/** A file of the corpus: some consecutive lines of the documents. */
export interface DocumentPart {
  /** Its name in the corpus folder. Names ascend in the order of the parts. */
  readonly name: string;
  /** The 1-based line of the documents that is its first. */
  readonly firstLine: number;
}

/** Bytes that end a part. Small, so that all threads of a build have something to read. */
const partBytes = 8 * 1024 * 1024;

/**
 * Writes the lines of the file `path` into the folder `corpus`, with at most `bytes` in a part that holds more than one
 * line. Throws `LedeError` `invalid` for a file in UTF-16, which cannot be cut at bytes, and `too_large` for a line that is
 * larger than a file of a corpus may be.
 */
export async function splitDocuments(path: string, corpus: string, bytes: number = partBytes): Promise<DocumentPart[]> {
  const parts: DocumentPart[] = [];
  let file: FileHandle | null = null;
  let written = 0;
  let line = 0;
  try {
    for await (const text of readLines(path)) {
      line++;
      const place = `"${path}" line ${line}`;
      if (line === 1 && isUtf16(text))
        throw new LedeError('invalid', `${place}: UTF-16, expected UTF-8: convert the file`);
      if (text.length > limits.fileBytes) {
        throw new LedeError(
          'too_large',
          `${place}: ${text.length} bytes, at most ${limits.fileBytes} can be read: split it`,
        );
      }
      if (file === null || written + text.length > bytes) {
        await file?.close();
        const name = `docs-${String(parts.length + 1).padStart(6, '0')}.jsonl`;
        file = await open(join(corpus, name), 'wx');
        parts.push({ name, firstLine: line });
        written = 0;
      }
      await file.write(text);
      written += text.length;
    }
  } finally {
    await file?.close();
  }
  return parts;
}

/** The lines as bytes, each with its line feed. */
async function* readLines(path: string): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      yield Buffer.concat([...begun, chunk.subarray(start, end + 1)]);
      begun = [];
      start = end + 1;
    }
    if (start < chunk.length) begun.push(chunk.subarray(start));
  }
  if (begun.length > 0) yield Buffer.concat(begun);
}

const lineFeed = 0x0a;

function isUtf16(text: Buffer): boolean {
  return (text[0] === 0xff && text[1] === 0xfe) || (text[0] === 0xfe && text[1] === 0xff);
}
