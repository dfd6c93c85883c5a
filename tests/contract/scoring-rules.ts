/** What every engine's scores are, of articles and paragraphs. */
import { expect, it } from 'vitest';
import { everything, execute, nameOf, type OpenEngine } from './ask-engine.ts';
import { corpusOf } from './corpus-files.ts';
import { earned, rarity } from './formula.ts';
import { planOf, word } from './plan-of.ts';
import { scoredCases, ships } from './scored-cases.ts';

export function scoringRules(open: OpenEngine): void {
  it.each(Object.entries(scoredCases))('%s', async (_, { articles, tree, neighbours, scores: expected }) => {
    await open(corpusOf(articles), async (searchable) => {
      const { hits } = await execute(searchable, tree, neighbours === undefined ? {} : { neighbours });
      const names = await Promise.all(hits.map(({ article }) => nameOf(searchable, article)));
      expect(names.toSorted()).toEqual(Object.keys(expected));
      for (const [place, { score }] of hits.entries()) {
        expect(score, names[place]).toBeCloseTo(expected[names[place] as string] as number, 12);
      }
    });
  });

  it('gives each paragraph its own score', async () => {
    await open(corpusOf({ a: { text: 'ship quay\n\nship\n\nlane' }, b: { text: 'lane' } }), async (searchable) => {
      const [hit] = (await execute(searchable, word('ship', { df: [1, 2] }))).hits;
      expect(hit?.paragraphs.map(({ paragraph }) => paragraph)).toEqual([1, 0]);
      expect(hit?.paragraphs[0]?.score).toBeCloseTo(earned(rarity(2, 4), 1, 1 / 1.25), 12);
      expect(hit?.paragraphs[1]?.score).toBeCloseTo(earned(rarity(2, 4), 1, 2 / 1.25), 12);
    });
  });

  it('counts a leaf once, however often the tree asks for it', async () => {
    await open(corpusOf(ships), async (searchable) => {
      const once = planOf(word('ship'));
      const twice = { ...once, root: { kind: 'all' as const, nodes: [once.root, once.root] } };
      const scores = async (plan: typeof once) =>
        (await searchable.engine.execute({ ...everything, plan })).hits.map(({ score }) => score);
      expect(await scores(twice)).toEqual(await scores(once));
    });
  });
}
