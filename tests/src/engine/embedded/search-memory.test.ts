/** Engines of one thread share their arrays: each must answer as if it were alone, whatever the others did before. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../../../src/analysis/analyze.ts';
import { LedeError } from '../../../../src/domain/error.ts';
import { EmbeddedEngine } from '../../../../src/engine/embedded/embedded-engine.ts';
import type { OpenedSegment, OpenedSnapshot } from '../../../../src/engine/embedded/open-snapshot.ts';
import { OpenedIndex } from '../../../../src/engine/embedded/opened-index.ts';
import { SearchMemory } from '../../../../src/engine/embedded/search-memory.ts';
import { Segment } from '../../../../src/engine/embedded/segment.ts';
import type { EngineAnswer, EngineRequest } from '../../../../src/engine/engine.ts';
import { corpusWords } from '../../../contract/random-corpora.ts';
import { fitted, requestArbitrary } from '../../../contract/random-requests.ts';
import { type Alteration, alter, listAlterationArbitrary } from './altered-snapshot.ts';
import { leftOvers } from './left-overs.ts';
import { bytesOf, type TinySource } from './tiny-segment.ts';

interface Corpus {
  readonly sources: readonly TinySource[];
  /** How often all of them stand in the index: some indexes are far larger than others. */
  readonly times: number;
  /** What is wrong with the posting lists, so that searches fail in the middle. */
  readonly alterations: readonly Alteration[];
}

const caseArbitrary = corpusWords.chain((words) => {
  const text = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 8 }).map((all) => all.join(' '));
  const source = fc.record({ title: text, paragraphs: fc.array(text, { minLength: 1, maxLength: 4 }) });
  const corpus: fc.Arbitrary<Corpus> = fc.record({
    sources: fc.array(source, { maxLength: 12 }),
    times: fc.constantFrom(1, 1, 30),
    alterations: fc.array(listAlterationArbitrary, { maxLength: 2 }),
  });
  return fc.record({
    corpora: fc.array(corpus, { minLength: 2, maxLength: 4 }),
    steps: fc.array(fc.tuple(fc.nat(), requestArbitrary(words)), { minLength: 4, maxLength: 16 }),
  });
});

/** Null for a segment that is refused at once. */
function indexOf({ sources, times, alterations }: Corpus): OpenedIndex | null {
  const bytes = bytesOf(Array.from({ length: times }, () => sources).flat());
  try {
    const segment = Segment.open('"s"', alter(bytes, alterations), fingerprint());
    return new OpenedIndex([{ name: 's', segment, removed: null, texts: null as unknown as OpenedSegment['texts'] }]);
  } catch (error) {
    if (error instanceof LedeError) return null;
    throw error;
  }
}

function engineOn(index: OpenedIndex, memory = new SearchMemory()): EmbeddedEngine {
  return new EmbeddedEngine({} as OpenedSnapshot['manifest'], index, { memory });
}

async function ask(engine: EmbeddedEngine, request: EngineRequest): Promise<EngineAnswer | string> {
  try {
    return await engine.execute(request);
  } catch (error) {
    if (error instanceof LedeError) return error.message;
    throw error;
  }
}

describe('SearchMemory', () => {
  it('lets engines of different sizes share it, also where searches fail in the middle', {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(caseArbitrary, async ({ corpora, steps }) => {
        const memory = new SearchMemory();
        const indexes = corpora.flatMap((corpus) => indexOf(corpus) ?? []);
        fc.pre(indexes.length > 0);
        const shared = indexes.map((index) => engineOn(index, memory));
        for (const [step, drawn] of steps) {
          const index = indexes[step % indexes.length] as OpenedIndex;
          const request = fitted(drawn, index);
          const engine = shared[step % indexes.length] as EmbeddedEngine;
          expect(await ask(engine, request)).toEqual(await ask(engineOn(index), request));
        }
        expect(leftOvers(memory, indexes.at(-1) as OpenedIndex)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('grows, keeps what is large enough, and gives back what is far too large', () => {
    const memory = new SearchMemory();
    const small = memory.reserve(10, 100);
    const larger = memory.reserve(10, 1000);
    expect(larger).not.toBe(small);
    expect(larger.paragraphScores.length).toBeGreaterThanOrEqual(1000);
    expect(memory.reserve(9, 500)).toBe(larger);
    expect(memory.reserve(11, 1000).articleScores.length).toBeGreaterThanOrEqual(11);
    expect(memory.reserve(1, 10).paragraphScores.length).toBeLessThan(100);
  });

  it('goes on with what it has where it cannot grow', () => {
    const memory = new SearchMemory();
    memory.reserve(10, 10);
    expect(() => memory.reserve(2 ** 40, 2 ** 40)).toThrow(RangeError);
    expect(memory.reserve(20, 20).articleScores.length).toBeGreaterThanOrEqual(20);
  });
});
