import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../src/query/parse-query.ts';
import { HelpPage } from '../../views/help-page.tsx';
import { parseElements } from './parsed-page.ts';
import { frame } from './sample-data.ts';

const help = { searchHref: (query: string) => `/?q=${query}`, origin: 'https://lede.example', canonical: null };
const elements = parseElements(`<!DOCTYPE html>${<HelpPage frame={frame} help={help} />}`);
const examples = elements.flatMap(
  ({ attributes }) => attributes.href?.match(/^\/\?q=(?<query>.+)/)?.groups?.query ?? [],
);
const text = elements.find(({ attributes }) => attributes.id === 'main')?.text.replaceAll(/\s+/g, ' ');

describe('the help page', () => {
  it.each(examples)('gives the example %j, which is read as it stands', (query) => {
    expect(parseQuery(query, { today: '2022-09-13' }).problems).toEqual([]);
  });

  it.each([
    [
      'need not have all the words, but enough of them: one rare word, or several common ones',
      'how many may be missing',
    ],
    ['how many articles have all the words, with a link to these alone', 'how to ask for all'],
    ['neither word may be missing; +bridge +river says the same', 'what AND means'],
    ['the word behind the plus may not be missing', 'what a plus means'],
    ['where no article has a phrase, its words are looked for', 'what comes of a phrase that is nowhere'],
  ])('says %j: %s', (sentence) => {
    expect(text).toContain(sentence);
  });

  it.each(['date:today', 'after:yesterday'])('names %s', (query) => {
    expect(examples).toContain(query);
  });
});
