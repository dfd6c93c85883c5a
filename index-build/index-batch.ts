/**
 * Indexes a batch of articles with MiniSearch. The one place where MiniSearch is.
 *
 * MiniSearch counts which term stands how often in which paragraph and field; it is given the analyzer as its
 * `tokenize`. It keeps no positions: those are written down while it tokenizes, and joined to its postings afterwards.
 */
import MiniSearch from 'minisearch';
import { scan } from '../src/analysis/analyze.ts';
import { type Field, fields } from '../src/domain/article.ts';
import { PositionLog } from './compile/position-log.ts';
import type { Run } from './compile/run.ts';
import { compileBatch } from './compile-batch.ts';

/** A paragraph as the index sees it. An article's title and a section's heading stand with the first paragraph below. */
export interface IndexedParagraph extends Readonly<Record<Field, string>> {
  /** 0-based number in the batch. */
  readonly id: number;
}

export interface IndexedBatch {
  /** Articles are numbered as in `articleStarts`. */
  readonly run: Run;
  /** Words per paragraph of the batch and field. */
  readonly lengths: Readonly<Record<Field, Uint32Array>>;
}

/**
 * `paragraphs[i].id` must be i. `articleStarts` holds the first paragraph of each article, ascending, and behind them the
 * number of paragraphs.
 */
export function indexBatch(paragraphs: readonly IndexedParagraph[], articleStarts: ArrayLike<number>): IndexedBatch {
  const lengths = { title: lengthsOf(paragraphs), heading: lengthsOf(paragraphs), body: lengthsOf(paragraphs) };
  const positions = { title: new PositionLog(), heading: new PositionLog(), body: new PositionLog() };
  let current = 0;
  const index = new MiniSearch<IndexedParagraph>({
    fields: [...fields],
    extractField: (paragraph, name) => {
      current = paragraph.id;
      return name === 'id' ? paragraph.id : paragraph[name as Field];
    },
    tokenize: (text, name) => {
      const field = name as Field;
      const terms: string[] = [];
      lengths[field][current] = scan(text, (term, _start, _end, position) => {
        terms.push(term);
        positions[field].add(term, position);
      });
      return terms;
    },
    processTerm: (term) => term,
    autoVacuum: false,
  });
  index.addAll(paragraphs);
  return { run: compileBatch(index.toJSON(), positions, { articleStarts, bodyLengths: lengths.body }), lengths };
}

function lengthsOf(paragraphs: readonly IndexedParagraph[]): Uint32Array {
  return new Uint32Array(paragraphs.length);
}
