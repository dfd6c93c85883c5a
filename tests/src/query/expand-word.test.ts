import { describe, expect, it } from 'vitest';
import type { Term } from '../../../src/domain/ids.ts';
import { limits } from '../../../src/domain/limits.ts';
import { matchKinds } from '../../../src/domain/plan.ts';
import {
  type ExpandOptions,
  type Expansion,
  expandExactly,
  expandWord,
  kindWeights,
} from '../../../src/query/expand-word.ts';
import { FakeDictionary, type FakeTerm } from './fake-dictionary.ts';

const plain: ExpandOptions = { isBeginning: false, correctsTypos: true, isExcluded: false, company: [] };

function expand(
  word: string,
  terms: Readonly<Record<string, FakeTerm>>,
  options: Partial<ExpandOptions> = {},
): Promise<Expansion> {
  return expandWord(word as Term, new FakeDictionary(terms), { ...plain, ...options });
}

/** `term:kind` for each planned term, in order. */
function kindsOf({ terms }: Expansion): string[] {
  return terms.map(({ term, kind }) => `${term}:${kind}`);
}

function understoodBy({ understood }: Expansion): string[] {
  return understood.map(({ term, kind }) => `${term}:${kind}`);
}

describe('expandWord', () => {
  it('finds the word itself', async () => {
    const expansion = await expand('kherson', { kherson: [3, 'en'], kharkiv: [5, 'en'] });
    expect(expansion.terms).toEqual([{ term: 'kherson', kind: 'exact', weight: 1 }]);
    expect(expansion.prefix).toBeNull();
    expect(expansion.understood).toEqual([{ term: 'kherson', kind: 'exact', paragraphs: 6, articles: 3 }]);
    expect(expansion.correction).toBeNull();
  });

  it('finds its family, in dictionary order, told by frequency', async () => {
    const words: Record<string, FakeTerm> = { attack: [9, 'en'], attacked: [2, 'en'], attacks: [7, 'en'] };
    const expansion = await expand('attacks', words);
    expect(kindsOf(expansion)).toEqual(['attack:stem', 'attacked:stem', 'attacks:exact']);
    expect(understoodBy(expansion)).toEqual(['attacks:exact', 'attack:stem', 'attacked:stem']);
  });

  it('does not suggest a form of a missing word, which it looks for anyway', async () => {
    const expansion = await expand('lantern', { lanterns: [40, 'en'] });
    expect(kindsOf(expansion)).toEqual(['lanterns:stem']);
    expect(expansion.correction).toBeNull();
  });

  it('weighs each kind less than the one before it, and none more than the word itself', () => {
    const weights = matchKinds.map((kind) => kindWeights[kind]);
    expect(weights).toEqual([...weights].sort((a, b) => b - a));
    expect(new Set(weights).size).toBe(matchKinds.length);
    expect(weights[0]).toBe(1);
    expect(weights.at(-1)).toBeGreaterThan(0);
  });

  describe('of a Vietnamese word', () => {
    const words: Record<string, FakeTerm> = { mạ: [2, 'vi'], mà: [3, 'vi'], ma: [7, 'vi', 'en'] };

    it('that has marks finds this word first, then the others as far as their bare form', async () => {
      const { terms, understood, correction } = await expand('mạ', words);
      expect(terms.map(({ term }) => term)).toEqual(['ma', 'mạ']);
      expect(terms[1]).toEqual({ term: 'mạ', kind: 'exact', weight: 1 });
      expect(terms[0]?.kind).toBe('fuzzy');
      expect(terms[0]?.weight).toBeLessThan(kindWeights.fuzzy);
      expect(understood.map(({ term, kind }) => `${term}:${kind}`)).toEqual(['mạ:exact', 'ma:fuzzy']);
      expect(correction).toBeNull();
    });

    it('that has none finds the bare form, which stands wherever marks do', async () => {
      expect(kindsOf(await expand('ma', words))).toEqual(['ma:exact']);
    });

    it('that is excluded leaves the others in', async () => {
      expect(kindsOf(await expand('mạ', words, { isExcluded: true }))).toEqual(['mạ:exact']);
    });

    it('in a phrase weighs the others less', async () => {
      const { terms } = await expandExactly('mạ' as Term, new FakeDictionary(words), false);
      expect(terms.map(({ term, kind }) => `${term}:${kind}`)).toEqual(['ma:fuzzy', 'mạ:exact']);
    });
  });

  describe('keeps languages apart:', () => {
    // In English `gift` and `gifts` share a stem, in German `gifte` is what poisons.
    const words: Record<string, FakeTerm> = { gift: [4, 'en'], gifts: [2, 'en'], gifte: [3, 'de'], giften: [1, 'de'] };

    it('a word of one language finds the family there only', async () => {
      expect(kindsOf(await expand('gifts', words))).toEqual(['gift:stem', 'gifts:exact']);
      expect(kindsOf(await expand('gifte', words))).toEqual(['gifte:exact', 'giften:stem']);
    });

    it('a word of two languages finds both families', async () => {
      const both: Record<string, FakeTerm> = { ...words, gift: [4, 'de', 'en'] };
      expect(kindsOf(await expand('gift', both))).toEqual(['gift:exact', 'gifte:stem', 'giften:stem', 'gifts:stem']);
    });

    it('a word that is missing finds the families of all languages', async () => {
      expect(kindsOf(await expand('gifting', words))).toEqual(['gift:stem', 'gifts:stem']);
      expect(kindsOf(await expand('giftes', words))).toEqual(['gift:stem', 'gifte:stem', 'giften:stem', 'gifts:stem']);
    });
  });

  describe('while the word is being typed', () => {
    const words: Record<string, FakeTerm> = { iz: [1, 'en'], izium: [5, 'en'], izyum: [8, 'en'], kyiv: [9, 'en'] };

    it('counts whatever begins with it', async () => {
      const expansion = await expand('iz', words, { isBeginning: true });
      expect(kindsOf(expansion)).toEqual(['iz:exact']);
      expect(expansion.prefix).toEqual({ prefix: 'iz', weight: kindWeights.prefix });
      expect(understoodBy(expansion)).toEqual(['iz:exact', 'izyum:prefix', 'izium:prefix']);
    });

    it('names the most frequent completions, beside the family', async () => {
      const many = Object.fromEntries(Array.from({ length: 30 }, (_, i): [string, FakeTerm] => [`ab${i}`, [i + 1]]));
      const { understood } = await expand('ab', many, { isBeginning: true });
      expect(understood.map(({ term }) => term)).toEqual(Array.from({ length: 8 }, (_, i) => `ab${29 - i}`));
    });

    it('leaves the family to its own kind', async () => {
      const family: Record<string, FakeTerm> = { attack: [9, 'en'], attacks: [7, 'en'], attackdog: [1, 'en'] };
      const expansion = await expand('attack', family, { isBeginning: true });
      expect(kindsOf(expansion)).toEqual(['attack:exact', 'attacks:stem']);
      expect(understoodBy(expansion)).toEqual(['attack:exact', 'attacks:stem', 'attackdog:prefix']);
    });

    it('corrects nothing that may still become a word', async () => {
      const expansion = await expand('izy', { izyum: [8], izi: [9] }, { isBeginning: true });
      expect(expansion.correction).toBeNull();
      expect(kindsOf(expansion)).toEqual([]);
    });

    it('corrects what nothing begins with', async () => {
      expect((await expand('izyjm', { izyum: [8] }, { isBeginning: true })).correction).toBe('izyum');
    });
  });

  describe('a word that is missing', () => {
    it('is taken for the beginning of longer ones', async () => {
      const expansion = await expand('getreide', { getreidekorridor: [3, 'de'] });
      expect(expansion.prefix).toEqual({ prefix: 'getreide', weight: kindWeights.prefix });
      expect(understoodBy(expansion)).toEqual(['getreidekorridor:prefix']);
    });

    it.each<[word: string, why: string]>([
      ['get', 'is too short'],
      ['2022', 'is a number'],
      ['#tag', 'has a sign'],
      ['東京', 'is a pair of characters'],
    ])('is not, where it is %j: it %s', async (word) => {
      expect((await expand(word, { [`${word}er`]: [3], [`${word}09`]: [1] })).prefix).toBeNull();
    });

    it('is looked for in its likeliest corrections, each by its probability', async () => {
      const words: Record<string, FakeTerm> = { kherson: [3], khersan: [9], cherson: [1], kerson: [4] };
      const expansion = await expand('khersn', words);
      expect(understoodBy(expansion)).toEqual(['khersan:fuzzy', 'kherson:fuzzy']);
      const [first = 0, second = 0] = expansion.terms.map(({ weight }) => weight);
      expect(first).toBeGreaterThan(second);
      expect(first).toBeLessThan(kindWeights.fuzzy);
      expect(second).toBeGreaterThan(0);
      expect(expansion.correction).toBe('khersan');
    });

    it('is looked for in the family of the likeliest as well, but for rare forms', async () => {
      const words: Record<string, FakeTerm> = {
        government: [500, 'en'],
        governments: [90, 'en'],
        governmentes: [1, 'en'],
        goverments: [1, 'en'],
      };
      const expansion = await expand('governmnet', words);
      expect(kindsOf(expansion)).toEqual(['government:fuzzy', 'governments:fuzzy']);
      const [itself = 0, plural = 0] = expansion.terms.map(({ weight }) => weight);
      expect(plural).toBeCloseTo(kindWeights.stem * itself);
    });

    it('is corrected beside relatives by stem, which stay', async () => {
      const words: Record<string, FakeTerm> = { hard: [700, 'en'], hardly: [200, 'en'] };
      const expansion = await expand('hardely', words);
      expect(kindsOf(expansion)).toContain('hardly:fuzzy');
      expect(expansion.correction).toBe('hardly');
    });

    it('is corrected beside longer words that begin with it, and to one of them', async () => {
      const words: Record<string, FakeTerm> = { projeto: [40], projetor: [2] };
      const expansion = await expand('projet', words);
      expect(expansion.prefix).toEqual({ prefix: 'projet', weight: kindWeights.prefix });
      expect(understoodBy(expansion)).toEqual(['projeto:prefix', 'projetor:prefix']);
      expect(expansion.terms).toEqual([{ term: 'projeto', kind: 'prefix', weight: kindWeights.prefix }]);
      expect(expansion.correction).toBe('projeto');
    });

    it('is corrected to no more spellings than are published', async () => {
      const forms = ['', 's', 'ed', 'ing', 'ings', 'er', 'ers', 'ly', 'ion', 'ions', 'ive', 'ively'];
      const words = Object.fromEntries(forms.map((form): [string, FakeTerm] => [`attract${form}`, [50, 'en']]));
      expect((await expand('atract', words)).terms.length).toBeLessThanOrEqual(limits.corrections);
    });

    it('is not corrected where that was not asked for', async () => {
      const expansion = await expand('khersn', { kherson: [3] }, { correctsTypos: false });
      expect(expansion).toEqual({ sums: null, terms: [], prefix: null, understood: [], correction: null });
    });
  });

  it('finds a slip that articles hold both ways: as typed in full, as corrected with little weight', async () => {
    const expansion = await expand('goverment', { goverment: [2], government: [800] });
    expect(kindsOf(expansion)).toEqual(['goverment:exact', 'government:fuzzy']);
    const [typed = 0, corrected = 0] = expansion.terms.map(({ weight }) => weight);
    expect(typed).toBe(1);
    expect(corrected).toBeLessThanOrEqual(0.1);
    expect(expansion.correction).toBe('government');
  });

  it('walks the dictionary for misspellings only where it must', async () => {
    const dictionary = new FakeDictionary({ kherson: [30], mh17: [1] });
    for (const word of ['kherson', '2021', 'ab', '東京', 'mh18']) await expandWord(word as Term, dictionary, plain);
    expect(dictionary.walks).toBe(0);
    await expandWord('khersn' as Term, dictionary, plain);
    expect(dictionary.walks).toBeGreaterThan(0);
  });

  it('guesses nothing where articles with the word are left out, but knows its family', async () => {
    const words: Record<string, FakeTerm> = { attack: [3, 'en'], attacks: [2, 'en'], attackdog: [1, 'en'] };
    expect(kindsOf(await expand('attacks', words, { isExcluded: true }))).toEqual(['attack:stem', 'attacks:exact']);
    for (const word of ['atack', 'attackd']) {
      const expansion = await expand(word, words, { isExcluded: true });
      expect(expansion).toEqual({ sums: null, terms: [], prefix: null, understood: [], correction: null });
    }
  });
});

describe('expandExactly', () => {
  const dictionary = new FakeDictionary({ attack: [3, 'en'], attacks: [2, 'en'], atlas: [5, 'en'] });

  it('finds the word without its family', async () => {
    const expansion = await expandExactly('attack' as Term, dictionary, false);
    expect(kindsOf(expansion)).toEqual(['attack:exact']);
    expect(expansion.prefix).toBeNull();
  });

  it('finds nothing for a missing word, and corrects nothing', async () => {
    const expansion = await expandExactly('atack' as Term, dictionary, false);
    expect(expansion).toEqual({ sums: null, terms: [], prefix: null, understood: [], correction: null });
  });

  it('counts in full what begins with it, and names it', async () => {
    const expansion = await expandExactly('at' as Term, dictionary, true);
    expect(expansion.prefix).toEqual({ prefix: 'at', weight: 1 });
    expect(understoodBy(expansion)).toEqual(['atlas:prefix', 'attack:prefix', 'attacks:prefix']);
  });
});
