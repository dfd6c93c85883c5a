/** How costs grow: builds and asks at sizes that double up to the largest. */
import path from 'node:path';
import type { BenchOptions } from './bench-options.ts';
import { drawCounts } from './draw-counts.ts';
import type { BuildMeasure } from './measure-build.ts';
import type { EngineMeasure } from './measure-engine.ts';
import { firstQuery, type LedeMeasure, measureOpening } from './measure-lede.ts';
import { prepareCorpus } from './prepare-corpus.ts';
import { runStep } from './run-step.ts';
import { measureBytes, type SnapshotBytes } from './snapshot-bytes.ts';

export interface ScaleMeasure {
  /** How often the corpora were repeated with changed words to get there. */
  readonly copies: number;
  readonly build: BuildMeasure;
  readonly bytes: SnapshotBytes;
  readonly open: LedeMeasure['open'];
  readonly rank: EngineMeasure;
}

export interface ScaleJob {
  readonly work: string;
  readonly largest: number;
  readonly options: BenchOptions;
  readonly say: (line: string) => void;
}

export async function measureScale({ work, largest, options, say }: ScaleJob): Promise<ScaleMeasure[]> {
  const { sources, seed } = options;
  const sizes = doublingsTo(largest);
  say(`corpus of ${largest} paragraphs`);
  const prepared = await prepareCorpus(work, { sources, seed, sizes });
  const data = path.join(work, 'data');
  const queries = path.join(work, 'queries.json');
  const measures: ScaleMeasure[] = [];
  for (const [index] of prepared.parts.entries()) {
    const { corpus, documents, part } = await prepared.stage(index + 1);
    say(`${part.paragraphs} paragraphs`);
    await runStep('queries', { documents, seed, counts: drawCounts(options), file: queries });
    const build = await runStep('build', { corpus, data });
    const bytes = await measureBytes(data);
    const open = await measureOpening(data, await firstQuery(queries));
    const rank = await runStep('engine', { data, queries, work: 'rank', classBudgetMs: options.classBudgetMs });
    measures.push({ copies: part.copies, build, bytes, open, rank });
  }
  return measures;
}

const mostDoublings = 5;
/** Below this, fixed costs hide how the others grow. */
const smallestSize = 1000;

/** Ascending, each twice the one before, up to the largest. */
export function doublingsTo(largest: number): number[] {
  const sizes = [largest];
  while (sizes.length <= mostDoublings && (sizes[0] ?? 0) / 2 >= smallestSize) {
    sizes.unshift(Math.round((sizes[0] ?? 0) / 2));
  }
  return sizes;
}
