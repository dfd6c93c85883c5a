/**
 * Indexes a batch of paragraphs with MiniSearch and compiles the result into a run. The one place where MiniSearch is.
 *
 * MiniSearch counts which term stands how often in which paragraph and field; it is given the analyzer as its
 * `tokenize`. It keeps no positions: those are written down while it tokenizes, and joined to its postings afterwards.
 */
import MiniSearch from 'minisearch';
import { scan } from '../src/analysis/analyze.ts';
import { type Field, fields } from '../src/domain/article.ts';
import type { Term } from '../src/domain/ids.ts';
import type { Postings } from '../src/engine/embedded/postings.ts';
import { PositionLog } from './compile/position-log.ts';
import { type Run, RunWriter } from './compile/run.ts';

/** A paragraph as the index sees it. An article's title and a section's heading stand with the first paragraph below. */
export interface IndexedParagraph extends Readonly<Record<Field, string>> {
  /** 0-based number in the batch. */
  readonly id: number;
}

export interface IndexedBatch {
  readonly run: Run;
  /** Words per paragraph of the batch and field. */
  readonly lengths: Readonly<Record<Field, Uint32Array>>;
}

/** `paragraphs[i].id` must be i. */
export function indexBatch(paragraphs: readonly IndexedParagraph[]): IndexedBatch {
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
  return { run: compileRun(index, positions), lengths };
}

function lengthsOf(paragraphs: readonly IndexedParagraph[]): Uint32Array {
  return new Uint32Array(paragraphs.length);
}

function compileRun(index: MiniSearch, positions: Readonly<Record<Field, PositionLog>>): Run {
  const { index: entries, fieldIds } = index.toJSON();
  const grouped = { title: positions.title.group(), heading: positions.heading.group(), body: positions.body.group() };
  const writer = new RunWriter();
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [term, byField] of entries) {
    const lists: Partial<Record<Field, Postings>> = {};
    for (const field of fields) {
      const frequencies = byField[String(fieldIds[field])];
      if (frequencies === undefined) continue;
      lists[field] = {
        // Keys that are array indexes come in ascending order.
        paragraphs: Object.keys(frequencies).map(Number),
        frequencies: Object.values(frequencies),
        positions: grouped[field].positionsOf(term as Term),
      };
    }
    writer.add(term as Term, lists);
  }
  return writer.finish();
}
