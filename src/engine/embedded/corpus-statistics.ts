/** Counts and average lengths of an open segment, and the map from paragraphs to articles: computed once at opening. */
import { type Field, fields } from '../../domain/article.ts';
import type { Segment } from './segment.ts';

export class CorpusStatistics {
  readonly articles: number;
  readonly paragraphs: number;
  /** Average length of an article's field, in words; 1 where the field is empty everywhere. */
  readonly averageLengths: Readonly<Record<Field, number>>;
  /** Average length of a paragraph's body, in words. */
  readonly averageParagraphLength: number;
  readonly articleOf: Uint32Array;
  readonly #segment: Segment;

  constructor(segment: Segment) {
    const { articles, paragraphs, lengths } = segment.header;
    this.#segment = segment;
    this.articles = articles;
    this.paragraphs = paragraphs;
    this.averageLengths = {
      title: average(lengths.title, articles),
      heading: average(lengths.heading, articles),
      body: average(lengths.body, articles),
    };
    this.averageParagraphLength = average(lengths.body, paragraphs);
    this.articleOf = new Uint32Array(paragraphs);
    const { articleStarts } = segment.sections;
    for (let article = 0; article < articles; article++) {
      this.articleOf.fill(article, articleStarts[article], articleStarts[article + 1]);
    }
  }

  /** Length of each article's field, in words. */
  lengths(field: Field): Uint32Array {
    const { articleTitleLengths, articleHeadingLengths, articleBodyLengths } = this.#segment.sections;
    if (field === 'title') return articleTitleLengths;
    return field === 'heading' ? articleHeadingLengths : articleBodyLengths;
  }
}

function average(total: number, count: number): number {
  return total > 0 && count > 0 ? total / count : 1;
}

/** The fields that belong to a paragraph; the title belongs to the article alone. */
export const paragraphFields = fields.filter((field) => field !== 'title');
