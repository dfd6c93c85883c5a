/** The end of a batch's indexing: what MiniSearch and the position logs hold becomes a run. */
import type { Field } from '../src/domain/article.ts';
import type { Term } from '../src/domain/ids.ts';
import type { TermPostings } from './compile/position-log.ts';
import { type Run, RunWriter } from './compile/run.ts';

/** A term of a batch with its lists; fields that lack it are left out. */
export interface TermLists {
  readonly term: Term;
  readonly lists: Readonly<Partial<Record<Field, TermPostings>>>;
}

/** `entries` come in ascending order of their terms. */
export function compileRun(entries: Iterable<TermLists>): Run {
  const writer = new RunWriter();
  for (const { term, lists } of entries) writer.add(term, lists);
  return writer.finish();
}
