/** Encoded articles → an indexed batch: what of an article stands in which field of which paragraph. */
import type { ArticleData } from '../src/domain/article.ts';
import { decodeArticleData, decodeParagraph } from '../src/engine/embedded/text-file.ts';
import type { EncodedArticle } from './encode-article.ts';
import { type IndexedBatch, type IndexedParagraph, indexBatch } from './index-batch.ts';

/** What indexing needs of an article. */
export type ArticleToIndex = Pick<EncodedArticle, 'record' | 'dataBytes' | 'paragraphBytes'>;

/** Articles and paragraphs are numbered from 0, through all articles in their order. */
export function indexArticles(articles: readonly ArticleToIndex[]): IndexedBatch {
  const indexed: IndexedParagraph[] = [];
  const starts: number[] = [];
  for (const { record, dataBytes, paragraphBytes } of articles) {
    const data = decodeArticleData(record.subarray(0, dataBytes));
    starts.push(indexed.length);
    let heading: string | null = null;
    let start = dataBytes;
    paragraphBytes.forEach((bytes, index) => {
      const paragraph = decodeParagraph(record.subarray(start, start + bytes));
      start += bytes;
      const isFirstBelow = paragraph.heading !== null && paragraph.heading !== heading;
      heading = paragraph.heading;
      indexed.push({
        id: indexed.length,
        title: index === 0 && !repeatsText(data, paragraph.text) ? data.title : '',
        heading: isFirstBelow ? (paragraph.heading as string) : '',
        body: paragraph.text,
      });
    });
  }
  starts.push(indexed.length);
  return indexBatch(indexed, starts);
}

/** A title that was made from the first words of the text would count them twice; one that was cut ends in `…`. */
function repeatsText({ title, guessed }: ArticleData, firstText: string): boolean {
  if (!guessed.includes('title')) return false;
  if (title.endsWith('…')) return firstText.startsWith(title.slice(0, -1));
  // The name of a file `art.txt` does not stand at the beginning of a text about Arthur.
  return firstText.startsWith(title) && !/^[\p{L}\p{N}\p{M}]/u.test(firstText.slice(title.length));
}
