/** Counts and lengths of an open segment, and the map from paragraphs to articles: computed once at opening. */
import { fieldWeights } from '../../domain/ranking.ts';
import type { Segment } from './segment.ts';

export class CorpusStatistics {
  readonly articles: number;
  readonly paragraphs: number;
  /** Length of each article in words, its fields weighted. */
  readonly articleLengths: Float64Array;
  /** Averages; 1 where there are no words at all. */
  readonly averageArticleLength: number;
  readonly averageParagraphLength: number;
  readonly articleOf: Uint32Array;

  constructor({ header, sections }: Segment) {
    const { articles, paragraphs, lengths } = header;
    this.articles = articles;
    this.paragraphs = paragraphs;
    this.articleLengths = new Float64Array(articles);
    this.articleOf = new Uint32Array(paragraphs);
    for (let article = 0; article < articles; article++) {
      this.articleLengths[article] = weighted({
        title: sections.articleTitleLengths[article] as number,
        heading: sections.articleHeadingLengths[article] as number,
        body: sections.articleBodyLengths[article] as number,
      });
      this.articleOf.fill(article, sections.articleStarts[article], sections.articleStarts[article + 1]);
    }
    this.averageArticleLength = average(weighted(lengths), articles);
    this.averageParagraphLength = average(lengths.body, paragraphs);
  }
}

function weighted({ title, heading, body }: Readonly<Record<'title' | 'heading' | 'body', number>>): number {
  return fieldWeights.title * title + fieldWeights.heading * heading + fieldWeights.body * body;
}

function average(total: number, count: number): number {
  return total > 0 && count > 0 ? total / count : 1;
}
