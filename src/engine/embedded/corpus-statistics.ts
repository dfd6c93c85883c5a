/** Counts and length norms of an open segment, and the map from paragraphs to articles: computed once at opening. */
import { fieldWeights, lengthNorm } from '../../domain/ranking.ts';
import type { Segment } from './segment.ts';

export class CorpusStatistics {
  readonly articles: number;
  readonly paragraphs: number;
  /** For each article what stands beside tf in the saturation: `lengthNorm` of its length, the fields weighted. */
  readonly articleNorms: Float64Array;
  /** The same for paragraphs, by their length in words. */
  readonly paragraphNorms: Float64Array;
  /** For each paragraph its article. */
  readonly articleOf: Uint32Array;

  constructor({ header, sections }: Segment) {
    const { articles, paragraphs, lengths } = header;
    this.articles = articles;
    this.paragraphs = paragraphs;
    this.articleNorms = new Float64Array(articles);
    const averageArticleLength = average(weighted(lengths), articles);
    this.articleOf = new Uint32Array(paragraphs);
    for (let article = 0; article < articles; article++) {
      const length = weighted({
        title: sections.articleTitleLengths[article] as number,
        heading: sections.articleHeadingLengths[article] as number,
        body: sections.articleBodyLengths[article] as number,
      });
      this.articleNorms[article] = lengthNorm(length, averageArticleLength);
      this.articleOf.fill(article, sections.articleStarts[article], sections.articleStarts[article + 1]);
    }
    const averageParagraphLength = average(lengths.body, paragraphs);
    const longest = sections.paragraphLengths.reduce((most, length) => Math.max(most, length), 0);
    this.paragraphNorms = Float64Array.from({ length: longest + 1 }, (_, length) =>
      lengthNorm(length, averageParagraphLength),
    );
  }
}

function weighted({ title, heading, body }: Readonly<Record<'title' | 'heading' | 'body', number>>): number {
  return fieldWeights.title * title + fieldWeights.heading * heading + fieldWeights.body * body;
}

function average(total: number, count: number): number {
  return total > 0 && count > 0 ? total / count : 1;
}
