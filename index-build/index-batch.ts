/**
 * Indexes a batch of paragraphs with MiniSearch and compiles the result into a run. The one place where MiniSearch is.
 *
 * MiniSearch is given the analyzer as its `tokenize` and keeps which paragraphs and fields hold a term. It keeps no
 * positions: those are written down while it tokenizes, and joined to its lists when they are read back.
 */
import MiniSearch from 'minisearch';
import { scan } from '../src/analysis/analyze.ts';
import { type Field, fields } from '../src/domain/article.ts';
import { LedeError } from '../src/domain/error.ts';
import type { Term } from '../src/domain/ids.ts';
import { PositionLog, type TermPostings } from './compile/position-log.ts';
import type { Run } from './compile/run.ts';
import { compileBatch, type TermLists } from './compile-batch.ts';
import { hashTerm, MarkLog, type ParagraphMarks } from './mark-runs.ts';

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
  readonly marks: ParagraphMarks;
}

/**
 * `paragraphs[i].id` must be i. `articleStarts` holds the first paragraph of each article, ascending, and behind them the
 * number of paragraphs.
 */
export function indexBatch(paragraphs: readonly IndexedParagraph[], articleStarts: ArrayLike<number>): IndexedBatch {
  const lengths = { title: lengthsOf(paragraphs), heading: lengthsOf(paragraphs), body: lengthsOf(paragraphs) };
  const logs = { title: new PositionLog(), heading: new PositionLog(), body: new PositionLog() };
  const marks = new MarkLog(paragraphs.length);
  const numbers = new Map<Term, number>();
  const hashes: number[] = [];
  let current = 0;
  const index = new MiniSearch<IndexedParagraph>({
    fields: [...fields],
    extractField: (paragraph, name) => {
      current = paragraph.id;
      // Null is passed over; most paragraphs have a body only.
      return name === 'id' ? paragraph.id : paragraph[name as Field] || null;
    },
    tokenize: (text, name) => {
      const field = name as Field;
      const log = logs[field];
      log.beginParagraph();
      // The log counts how often; once is enough for MiniSearch.
      const terms: string[] = [];
      lengths[field][current] = scan(text, (term, _start, _end, position) => {
        let number = numbers.get(term);
        if (number === undefined) {
          number = numbers.size;
          numbers.set(term, number);
          hashes.push(hashTerm(term));
        }
        if (field === 'body') marks.addTerm(hashes[number] as number);
        if (log.add(number, position)) terms.push(term);
      });
      if (field === 'body') marks.endParagraph(current);
      return terms;
    },
    processTerm: (term) => term,
    autoVacuum: false,
  });
  index.addAll(paragraphs);
  return {
    run: compileBatch(readBack(index, { numbers, logs }), { articleStarts, bodyLengths: lengths.body }),
    lengths,
    marks: marks.finish(),
  };
}

function lengthsOf(paragraphs: readonly IndexedParagraph[]): Uint32Array {
  return new Uint32Array(paragraphs.length);
}

interface Tokenized {
  readonly numbers: ReadonlyMap<Term, number>;
  readonly logs: Readonly<Record<Field, PositionLog>>;
}

/** The terms of an index in ascending order, each with its lists. */
function* readBack(index: MiniSearch, { numbers, logs }: Tokenized): Generator<TermLists> {
  const terms = [...numbers.keys()].sort();
  const groups = fields.map((field) => logs[field].group(terms.length));
  const starts = sumOf(groups.map((group) => group.starts));
  const paragraphs = listParagraphs(index, { terms, numbers, starts });
  for (const term of terms) {
    const number = numbers.get(term) as number;
    const lists: Partial<Record<Field, TermPostings>> = {};
    let from = starts[number] as number;
    for (const [rank, { starts, frequencies, positionStarts, positions }] of groups.entries()) {
      const first = starts[number] as number;
      const end = starts[number + 1] as number;
      if (first === end) continue;
      lists[fields[rank] as Field] = {
        paragraphs: paragraphs.subarray(from, from + end - first),
        frequencies: frequencies.subarray(first, end),
        positions: positions.subarray(positionStarts[number], positionStarts[number + 1]),
      };
      from += end - first;
    }
    yield { term, lists };
  }
}

/** Beginnings of lists that have their parts in several arrays, when each term's parts are put behind each other. */
function sumOf(starts: readonly Uint32Array[]): Uint32Array {
  const sum = new Uint32Array(starts[0]?.length ?? 0);
  for (const part of starts) for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (part[i] as number);
  return sum;
}

interface Dictionary {
  readonly terms: readonly Term[];
  readonly numbers: ReadonlyMap<Term, number>;
  /** By number, T+1: where each term's paragraphs begin. */
  readonly starts: Uint32Array;
}

/**
 * The paragraphs of each term, first those of its titles, then headings, then bodies, as MiniSearch holds them.
 *
 * MiniSearch is asked for all words with any beginning: it tells `boostDocument` of each term and paragraph, field by
 * field, and a boost of 0 passes over the result before it is scored. This takes less than a fifth of the time of
 * `toJSON`, which makes an object with a key per paragraph for every term and field.
 */
function listParagraphs(index: MiniSearch, { terms, numbers, starts }: Dictionary): Uint32Array {
  const paragraphs = new Uint32Array(starts[terms.length] as number);
  let filled = 0;
  let place = 0;
  let current: string | null = null;
  index.search(
    { queries: [...new Set(terms.map((term) => term.charAt(0)))], combineWith: 'OR' },
    {
      fields: [...fields],
      prefix: true,
      fuzzy: false,
      tokenize: (beginning) => [beginning],
      processTerm: (beginning) => beginning,
      boostDocument: (id: number, term) => {
        if (term !== current) {
          current = term;
          place = starts[numbers.get(term as Term) as number] as number;
        }
        paragraphs[place++] = id;
        filled++;
        return 0;
      },
    },
  );
  if (filled !== paragraphs.length) {
    throw new LedeError('internal', `MiniSearch lists ${filled} paragraphs, expected ${paragraphs.length}`);
  }
  return paragraphs;
}
