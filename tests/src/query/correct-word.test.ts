import { describe, expect, it } from 'vitest';
import type { Term } from '../../../src/domain/ids.ts';
import { correctWord, type WordInQuery } from '../../../src/query/correct-word.ts';
import { FakeDictionary, type FakeTerm } from './fake-dictionary.ts';

const alone = { articles: 0, relatives: [], completionArticles: 0, company: [] };

async function correct(
  term: string,
  terms: Readonly<Record<string, FakeTerm>>,
  { together, ...word }: Partial<WordInQuery> & { readonly together?: Readonly<Record<string, number>> } = {},
) {
  const dictionary = new FakeDictionary(terms, together === undefined ? {} : { together });
  const articles = terms[term]?.[0] ?? 0;
  const ranked = await correctWord({ ...alone, articles, ...word, term: term as Term }, dictionary);
  return { terms: ranked.corrections.map((correction): string => correction.term), isSlip: ranked.isSlip, dictionary };
}

describe('correctWord', () => {
  it.each<[word: string, other: string, isFound: boolean, why: string]>([
    ['kyv', 'kyiv', false, 'three letters have no misspellings'],
    ['kyvi', 'kyiv', true, 'four have'],
    ['kyyv', 'kyiv', true, 'of one edit'],
    ['kyry', 'kyiv', false, 'and not of two'],
    ['khrsn', 'kherson', true, 'from five letters on two are allowed'],
    ['kheerrsoon', 'kherson', false, 'three are not'],
    ['2021', '2022', false, 'another number is another number'],
    ['covid19', 'covid18', false, 'so is another name with digits'],
    ['covidx', 'covid1', false, 'nothing is corrected to one'],
    ['#tqgged', '#tagged', false, 'tags are as they are'],
    ['東京都庁', '東京都市', false, 'another character is another word'],
    ['한국인은', '한국어은', false, 'in Korean too'],
    ['херсрн', 'херсон', true, 'other alphabets are spelled like ours'],
  ])('takes %j for %j: %s: %s', async (word, other, isFound) => {
    expect((await correct(word, { [other]: [30] })).terms).toEqual(isFound ? [other] : []);
  });

  it.each<[word: string, other: string, language: string, isFound: boolean, why: string]>([
    ['wich', 'with', 'en', false, 'four letters are not corrected to a function word'],
    ['wich', 'wish', 'en', true, 'but to others'],
    ['whitch', 'which', 'en', true, 'longer words are'],
    ['nacx', 'nach', 'de', false, 'the languages of the corpus count'],
    ['diee', 'dies', 'en', true, 'and no other'],
  ])('takes %j for %j in a corpus of %s: %s: %s', async (word, other, language, isFound) => {
    expect((await correct(word, { [other]: [300, language] })).terms).toEqual(isFound ? [other] : []);
  });

  describe('looks for two edits', () => {
    it('where one finds nothing', async () => {
      expect((await correct('acomodation', { accommodation: [30] })).terms).toEqual(['accommodation']);
    });

    it('where one finds only rare words, beside which frequent ones are likelier', async () => {
      const { terms } = await correct('completition', { competition: [700], completation: [1] });
      expect(terms[0]).toBe('competition');
    });

    it('and not where one finds a likely word', async () => {
      const { dictionary } = await correct('competiton', { competition: [700] });
      expect(dictionary.walks).toBe(1);
    });
  });

  describe('leaves a word that articles hold', () => {
    it('where it is in more than one of a thousand', async () => {
      const { terms, dictionary } = await correct('goverment', { goverment: [11], government: [9000] });
      expect(terms).toEqual([]);
      expect(dictionary.walks).toBe(0);
    });

    it('where the similar one is not frequent either', async () => {
      expect((await correct('goverment', { goverment: [1], government: [15] })).terms).toEqual([]);
    });

    it('where two edits lie between', async () => {
      expect((await correct('govermant', { govermant: [1], government: [9000] })).terms).toEqual([]);
    });

    it('where it is a form of the frequent word', async () => {
      const relatives = [{ term: 'accused' as Term, articles: 900, paragraphs: 900 }];
      expect((await correct('accuse', { accuse: [4], accused: [900] }, { relatives })).terms).toEqual([]);
      expect((await correct('accuse', { accuse: [4], accused: [900] })).terms).toEqual(['accused']);
    });
  });

  describe('asks the other words of the query whether a word that articles hold is a slip:', () => {
    const terms: Record<string, FakeTerm> = { goverment: [4], government: [800], audit: [90, 'en'], the: [9000] };
    const company = ['audit', 'the', 'goverment'] as Term[];

    it('it is where the frequent word is met with them', async () => {
      const together = { 'government audit': 40, 'goverment audit': 1 };
      expect(await correct('goverment', terms, { company, together })).toMatchObject({
        terms: ['government'],
        isSlip: true,
      });
    });

    it('it is not where that is never met with them', async () => {
      const together = { 'goverment audit': 1, 'government the': 700, 'goverment the': 4 };
      const found = await correct('goverment', terms, { company, together });
      expect(found).toMatchObject({ terms: [], isSlip: false });
    });

    it('it is not where they speak for the rare word', async () => {
      const together = { 'government audit': 1, 'goverment audit': 4 };
      expect((await correct('goverment', terms, { company, together })).isSlip).toBe(false);
    });

    it('words that no article holds say nothing', async () => {
      expect((await correct('goverment', terms, { company: ['nowhere' as Term] })).isSlip).toBe(true);
    });

    it('and only for such a word', async () => {
      for (const word of ['audit', 'governmnet']) {
        expect((await correct(word, terms, { company })).dictionary.companies).toBe(0);
      }
    });
  });
});
