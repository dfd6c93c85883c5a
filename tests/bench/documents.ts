/** The file of paragraphs that queries are drawn from and that peers index: a JSON object a line, in corpus order. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

export interface BenchDocument {
  /** 0-based place in the file. */
  readonly id: number;
  /** Of the article. */
  readonly title: string;
  readonly body: string;
  /** `YYYY`. */
  readonly year: string;
  /** Days since 1970-01-01. */
  readonly day: number;
}

export interface DocumentFile {
  readonly file: string;
  /** How many documents from the beginning are meant. */
  readonly paragraphs: number;
}

export async function* readDocuments({ file, paragraphs }: DocumentFile): AsyncGenerator<BenchDocument> {
  if (paragraphs === 0) return;
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    const document = JSON.parse(line) as BenchDocument;
    yield document;
    if (document.id + 1 >= paragraphs) return;
  }
}
