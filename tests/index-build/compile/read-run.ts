/** Reads a run back and writes one down, each in the plainest way. */
import { type Run, RunWriter } from '../../../index-build/compile/run.ts';
import { type Field, fields } from '../../../src/domain/article.ts';
import { defaultRanking, fieldWeightsOf } from '../../../src/domain/ranking.ts';
import { ArticleCursor, OccurrenceCursor } from '../../../src/engine/embedded/postings.ts';
import { encodeBound } from '../../../src/engine/embedded/saturation-bounds.ts';
import { SortedKeys } from '../../../src/engine/embedded/string-table.ts';

const fieldWeights = fieldWeightsOf(defaultRanking);

/** Where a term stands. */
export interface Occurrence {
  readonly term: string;
  readonly article: number;
  /** 0 is the article's first. */
  readonly paragraph: number;
  readonly field: Field;
  readonly positions: readonly number[];
}

/** In the order of the format: by term, article, paragraph, field. */
export function sorted(occurrences: readonly Occurrence[]): Occurrence[] {
  return [...occurrences].sort((a, b) =>
    a.term === b.term
      ? a.article - b.article || a.paragraph - b.paragraph || fields.indexOf(a.field) - fields.indexOf(b.field)
      : a.term < b.term
        ? -1
        : 1,
  );
}

/** `lengthOf`, words of a paragraph's body, gives the entries their bounds; without it they have none. */
export function writeRun(
  occurrences: readonly Occurrence[],
  lengthOf?: (article: number, paragraph: number) => number,
): Run {
  const writer = new RunWriter();
  const all = sorted(occurrences);
  for (const term of new Set(all.map((one) => one.term))) {
    const own = all.filter((one) => one.term === term);
    for (const article of new Set(own.map((one) => one.article))) {
      const records = own.filter((one) => one.article === article);
      const bounds = lengthOf === undefined ? [] : boundsOf(records, (paragraph) => lengthOf(article, paragraph));
      writer.lists.addRecords(article, records, Math.max(0, ...bounds));
    }
    writer.terms.add(term);
    writer.endTerm(countParagraphs(own));
  }
  return writer.finish();
}

function boundsOf(records: readonly Occurrence[], lengthOf: (paragraph: number) => number): number[] {
  return [...new Set(records.map(({ paragraph }) => paragraph))].map((paragraph) => {
    const tf = records
      .filter((one) => one.paragraph === paragraph && one.field !== 'title')
      .reduce((sum, { field, positions }) => sum + fieldWeights[field] * positions.length, 0);
    return encodeBound(tf, lengthOf(paragraph));
  });
}

/** Checks on the way that the frequencies of an entry are those of its records. */
export function readRun(run: Run): Occurrence[] {
  const terms = new SortedKeys(run.termStarts, run.termUnits);
  const found: Occurrence[] = [];
  for (let term = 0; term < terms.size; term++) {
    const articles = new ArticleCursor({
      articles: rangeOf(run.articleLists, run.articleListStarts, term),
      occurrences: rangeOf(run.occurrences, run.occurrenceStarts, term),
    });
    while (articles.advance()) {
      const records = new OccurrenceCursor(run.occurrences);
      const frequencies = { title: 0, heading: 0, body: 0 };
      records.open(articles.occurrencesStart, articles.occurrencesEnd);
      while (records.advance()) {
        const { paragraph, field, frequency } = records;
        const positions = records.positions.slice(0, frequency);
        frequencies[field] += frequency;
        found.push({ term: terms.key(term), article: articles.article, paragraph, field, positions });
      }
      const { title, heading, body } = articles;
      const said = JSON.stringify({ title, heading, body });
      if (said !== JSON.stringify(frequencies)) throw new Error(`${terms.key(term)} ${articles.article}: ${said}`);
    }
    if (articles.occurrencesEnd !== run.occurrenceStarts[term + 1]) throw new Error(`${terms.key(term)}: bytes left`);
  }
  return found;
}

function countParagraphs(occurrences: readonly Pick<Occurrence, 'article' | 'paragraph'>[]): number {
  return new Set(occurrences.map(({ article, paragraph }) => `${article} ${paragraph}`)).size;
}

function rangeOf(bytes: Uint8Array, starts: Uint32Array, term: number) {
  return { bytes, start: starts[term] as number, end: starts[term + 1] as number };
}
