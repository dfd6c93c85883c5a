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

const plain: ExpandOptions = { isBeginning: false, correctsTypos: true, isExcluded: false };

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
      expect(terms[0]?.kind).toBe('stem');
      expect(terms[0]?.weight).toBeLessThan(kindWeights.fuzzy);
      expect(understood.map(({ term, kind }) => `${term}:${kind}`)).toEqual(['mạ:exact', 'ma:stem']);
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
      expect(terms.map(({ term, kind }) => `${term}:${kind}`)).toEqual(['ma:stem', 'mạ:exact']);
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

    it('is looked for in the nearest spellings, the most frequent first, and no farther', async () => {
      const words: Record<string, FakeTerm> = { kherson: [3], khersan: [9], cherson: [80], kerson: [4] };
      const expansion = await expand('khersn', words);
      expect(kindsOf(expansion)).toEqual(['khersan:fuzzy', 'kherson:fuzzy']);
      expect(understoodBy(expansion)).toEqual(['khersan:fuzzy', 'kherson:fuzzy']);
      expect(expansion.terms.map(({ weight }) => weight)).toEqual([kindWeights.fuzzy, kindWeights.fuzzy]);
      expect(expansion.correction).toBe('khersan');
    });

    it.each<[word: string, other: string, isFound: boolean, why: string]>([
      ['kyv', 'kyiv', true, 'one edit is allowed from three letters on'],
      ['kyiev', 'kyjv', false, 'but not two'],
      ['khersnn', 'kherson', true, 'a letter may be another'],
      ['khesron', 'kherson', true, 'neighbours may be swapped'],
      ['kherrsoon', 'kherson', true, 'two edits are allowed from six letters on'],
      ['kheerrsoon', 'kherson', false, 'but not three'],
      ['ky', 'kyi', false, 'two letters are too few'],
      ['2021', '2022', false, 'another number is another number'],
      ['mh18', 'mh17', false, 'so is another name with digits'],
      ['#tqg', '#tag', false, 'tags are not corrected'],
      ['東京', '東都', false, 'another character is another word'],
      ['한국인', '한국어', false, 'in Korean too'],
    ])('is looked for, where it is %j, as %j: %s, %s', async (word, other, isFound) => {
      const expansion = await expand(word, { [other]: [3] });
      expect(kindsOf(expansion)).toEqual(isFound ? [`${other}:fuzzy`] : []);
      expect(expansion.correction).toBe(isFound ? other : null);
    });

    it('is corrected to no more spellings than are published', async () => {
      const words = Object.fromEntries(
        Array.from('abcdefghijklmnop', (letter): [string, FakeTerm] => [`k${letter}iv`, [1]]),
      );
      expect((await expand('kziv', words)).terms).toHaveLength(limits.corrections);
    });

    it('is not corrected where that was not asked for', async () => {
      const expansion = await expand('khersn', { kherson: [3] }, { correctsTypos: false });
      expect(expansion).toEqual({ terms: [], prefix: null, understood: [], correction: null });
    });
  });

  describe('a word that is very rare', () => {
    it('is a slip where a similar one is fifty times as frequent; both are found', async () => {
      const expansion = await expand('goverment', { goverment: [2], government: [100] });
      expect(kindsOf(expansion)).toEqual(['goverment:exact', 'government:fuzzy']);
      expect(expansion.correction).toBe('government');
    });

    it.each<[articles: number, others: number, why: string]>([
      [2, 99, 'the other one is not frequent enough'],
      [3, 1000, 'it is in more than two articles'],
    ])('is none in %i articles beside one in %i: %s', async (articles, others) => {
      const expansion = await expand('goverment', { goverment: [articles], government: [others] });
      expect(kindsOf(expansion)).toEqual(['goverment:exact']);
      expect(expansion.correction).toBeNull();
    });

    it('is none where two edits lie between', async () => {
      expect((await expand('govermant', { govermant: [1], government: [100] })).correction).toBeNull();
      expect((await expand('govermant', { government: [100] })).correction).toBe('government');
    });

    it('is none where its family is frequent', async () => {
      const words: Record<string, FakeTerm> = { attackers: [1, 'en'], attacker: [40, 'en'], attackerz: [900, 'en'] };
      expect((await expand('attackers', words)).correction).toBeNull();
    });
  });

  it('walks the dictionary for misspellings only where it must', async () => {
    const dictionary = new FakeDictionary({ kherson: [3], mh17: [1] });
    for (const word of ['kherson', '2021', 'ab', '東京', 'mh18']) await expandWord(word as Term, dictionary, plain);
    expect(dictionary.walks).toBe(0);
    await expandWord('khersn' as Term, dictionary, plain);
    expect(dictionary.walks).toBe(1);
  });

  it('guesses nothing where articles with the word are left out, but knows its family', async () => {
    const words: Record<string, FakeTerm> = { attack: [3, 'en'], attacks: [2, 'en'], attackdog: [1, 'en'] };
    expect(kindsOf(await expand('attacks', words, { isExcluded: true }))).toEqual(['attack:stem', 'attacks:exact']);
    for (const word of ['atack', 'attackd']) {
      const expansion = await expand(word, words, { isExcluded: true });
      expect(expansion).toEqual({ terms: [], prefix: null, understood: [], correction: null });
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
    expect(expansion).toEqual({ terms: [], prefix: null, understood: [], correction: null });
  });

  it('counts in full what begins with it, and names it', async () => {
    const expansion = await expandExactly('at' as Term, dictionary, true);
    expect(expansion.prefix).toEqual({ prefix: 'at', weight: 1 });
    expect(understoodBy(expansion)).toEqual(['atlas:prefix', 'attack:prefix', 'attacks:prefix']);
  });
});
