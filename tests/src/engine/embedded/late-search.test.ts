/** Searches that run out of time at any moment: what they answer is right as far as it goes, and they say so. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArticleOrdinal } from '../../../../src/domain/ids.ts';
import type { ArticleFilter } from '../../../../src/domain/plan.ts';
import { EmbeddedEngine } from '../../../../src/engine/embedded/embedded-engine.ts';
import type { OpenedSnapshot } from '../../../../src/engine/embedded/open-snapshot.ts';
import { OpenedIndex } from '../../../../src/engine/embedded/opened-index.ts';
import type { Cancellation, EngineAnswer, EngineRequest } from '../../../../src/engine/engine.ts';
import { parseQuery } from '../../../../src/query/parse-query.ts';
import { planQuery } from '../../../../src/query/plan-query.ts';
import { segmentOf, type TinySource } from './tiny-segment.ts';

/** A clock that is late after so many looks at it. Engines look at it as often as they ask whether anybody waits. */
class Countdown implements Cancellation {
  looks = 0;
  readonly #after: number;

  constructor(after: number) {
    this.#after = after;
  }

  get aborted(): boolean {
    return ++this.looks > this.#after;
  }

  throwIfAborted(): void {
    // Time is up, but somebody waits.
  }
}

/** `harbour` stands everywhere, `ferry` in every second article, `lantern` in one; `fog` in some of each. */
const sources = Array.from({ length: 12 }, (_, i): TinySource => {
  const words = ['harbour', ...(i % 2 === 0 ? ['ferry'] : []), ...(i === 4 ? ['lantern'] : [])];
  const fog = i % 3 === 0 ? ['fog'] : [];
  return { tags: [i < 8 ? 'old' : 'new'], language: 'en', paragraphs: [words.join(' '), ['quay', ...fog].join(' ')] };
});

const texts = sources.map(({ paragraphs }) => paragraphs.join(' '));

function openEngine(): EmbeddedEngine {
  const segment = segmentOf(sources);
  const index = new OpenedIndex([{ name: 's', segment, removed: null, texts: null as never }]);
  return new EmbeddedEngine({} as OpenedSnapshot['manifest'], index);
}

const engine = openEngine();

async function requestOf(query: string, filters: readonly ArticleFilter[] = []): Promise<EngineRequest> {
  const options = { isTyping: false, correctsTypos: false, match: 'most' } as const;
  const { plan } = await planQuery(parseQuery(query).query, engine.dictionary, options);
  const rest = { sort: 'relevance', offset: 0, limit: 20, facets: ['tag'], facetLimit: 10, facetValues: {} } as const;
  return { plan, filters, ...rest, deadline: Number.POSITIVE_INFINITY };
}

/** The answers of clocks that are late after 0, 1, 2 … looks, up to that which is never late. */
async function answersOf(request: EngineRequest): Promise<EngineAnswer[]> {
  const answers: EngineAnswer[] = [];
  for (let after = 0; ; after++) {
    const answer = await engine.execute(request, new Countdown(after));
    answers.push(answer);
    if (!answer.isPartial) return answers;
  }
}

const numbersOf = ({ hits }: EngineAnswer) => hits.map(({ article }) => Number(article));

describe('a search that runs out of time', () => {
  it('says so, and that its total may be too small', async () => {
    const answers = await answersOf(await requestOf('harbour ferry lantern'));
    expect(answers.length).toBeGreaterThan(4);
    for (const { isPartial, total } of answers) expect(total.isExact).toBe(!isPartial);
  });

  it('has read its rarest words first', async () => {
    const answers = await answersOf(await requestOf('harbour ferry lantern'));
    // The first that finds anything finds the article with the rarest word, and ranks it first ever after.
    const found = answers.filter(({ hits }) => hits.length > 0);
    expect(numbersOf(found[0] as EngineAnswer)).toEqual([4]);
    for (const answer of found) expect(numbersOf(answer)[0]).toBe(4);
  });

  it('answers nothing, not everything, where no word was begun', async () => {
    const [first] = await answersOf(await requestOf('harbour ferry'));
    expect(first).toMatchObject({ hits: [], total: { count: 0, allWords: 0, isExact: false }, isPartial: true });
    expect(first?.facets.tag).toEqual([]);
  });

  it.each([
    'harbour ferry -fog',
    'lantern OR ferry -(fog quay)',
    'ferry -"quay fog"',
    'harbour NOT ferry NOT fog',
    '-fog',
    'tag:old -ferry -"quay fog"',
  ])('never shows what «%s» excludes', async (query) => {
    const answers = await answersOf(await requestOf(query));
    const whole = new Set(numbersOf(answers.at(-1) as EngineAnswer));
    expect(whole.size).toBeGreaterThan(0);
    for (const answer of answers) {
      for (const article of numbersOf(answer)) expect(whole).toContain(article);
    }
  });

  it('obeys its filters', async () => {
    const filter: ArticleFilter = { kind: 'facet', facet: 'tag', values: ['new'] };
    for (const answer of await answersOf(await requestOf('harbour ferry', [filter]))) {
      for (const article of numbersOf(answer)) expect(article).toBeGreaterThanOrEqual(8);
    }
  });

  it('leaves nothing behind for the next one', async () => {
    const request = await requestOf('harbour ferry lantern "quay fog"');
    const whole = await engine.execute(request);
    for (let after = 0; after < 30; after++) {
      await engine.execute(request, new Countdown(after));
      expect(await engine.execute(request)).toEqual(whole);
    }
  });

  it('does not fail, whatever the query and whenever it is', async () => {
    const word = fc.constantFrom(
      'harbour',
      'ferry',
      'lantern',
      'fog',
      'quay',
      'nowhere',
      'ha*',
      '"quay fog"',
      'quay~3fog',
    );
    const member = fc.tuple(fc.constantFrom('', '', '', '-', '+', 'title:'), word).map((parts) => parts.join(''));
    const query = fc.array(member, { minLength: 1, maxLength: 5 }).map((members) => members.join(' '));
    const sort = fc.constantFrom('relevance', 'newest', 'oldest');
    const pinned = fc.array(fc.integer({ min: 0, max: 13 }), { maxLength: 2 });
    await fc.assert(
      fc.asyncProperty(query, sort, pinned, fc.nat(40), async (text, order, first, after) => {
        const request: EngineRequest = { ...(await requestOf(text)), sort: order, pinned: first as ArticleOrdinal[] };
        const whole = await engine.execute(request);
        const answer = await engine.execute(request, new Countdown(after));
        if (!answer.isPartial) expect(answer).toEqual(whole);
        expect(answer.total.isExact).toBe(!answer.isPartial);
        expect(new Set(numbersOf(answer)).size).toBe(answer.hits.length);
        for (const { score } of answer.hits) expect(Number.isFinite(score)).toBe(true);
        expect(texts.length).toBeGreaterThanOrEqual(answer.total.count);
      }),
    );
  });
});
