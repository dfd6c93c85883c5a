/**
 * A prepared article → its record in the text file, with what the segment says of it. From here on an article is bytes:
 * they are written as they are, pass between threads without a copy, and hold all that indexing needs.
 */
import { dayOf, noDay } from '../src/engine/embedded/segment-format.ts';
import { encodeArticleData, encodeParagraph } from '../src/engine/embedded/text-file.ts';
import type { ArticleRow } from './compile/article-table.ts';
import type { PreparedArticle } from './prepare-article.ts';

type KnownOnceIndexed = 'titleLength' | 'headingLengths' | 'paragraphLengths' | 'markCounts' | 'marks';

/** What of an article's row is known before it is indexed, and the row's texts. */
export interface EncodedArticle extends Omit<ArticleRow, KnownOnceIndexed> {
  /** Its data, then its paragraphs: `dataBytes` and `paragraphBytes` behind each other. */
  readonly record: Uint8Array;
  readonly paragraphBytes: readonly number[];
}

export function encodeArticle({ data, paragraphs }: PreparedArticle): EncodedArticle {
  const encodedData = encodeArticleData(data);
  const encodedParagraphs = paragraphs.map(encodeParagraph);
  return {
    id: data.id,
    path: data.path,
    day: data.date === null ? noDay : dayOf(data.date),
    weight: Math.round((data.weight ?? 0) * 100),
    searchWeight: Math.round((data.searchWeight ?? 0) * 100),
    facets: {
      source: data.source === null ? [] : [data.source],
      author: data.authors,
      tag: data.tags,
      language: data.language === null ? [] : [data.language],
    },
    dataBytes: encodedData.length,
    paragraphBytes: encodedParagraphs.map((bytes) => bytes.length),
    record: Buffer.concat([encodedData, ...encodedParagraphs]),
  };
}

/** The same articles with their records in one piece of memory that other threads can read. */
export function shareRecords(articles: readonly EncodedArticle[]): EncodedArticle[] {
  const size = articles.reduce((sum, { record }) => sum + record.length, 0);
  const shared = new Uint8Array(new SharedArrayBuffer(size));
  let end = 0;
  return articles.map((article) => {
    const start = end;
    end += article.record.length;
    shared.set(article.record, start);
    return { ...article, record: shared.subarray(start, end) };
  });
}
