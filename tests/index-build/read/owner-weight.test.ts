import { describe, expect, it } from 'vitest';
import { readFile } from '../../../index-build/read/read-file.ts';

function read(statement: string) {
  const text = `---\ntitle: Ferries\n${statement}\n---\nThe ferry left.\n`;
  const { articles, problems } = readFile({ path: 'a.md', bytes: Buffer.from(text) });
  const { weight, searchWeight } = articles[0] ?? {};
  return { weight, searchWeight, problems: problems.map(({ line, reason }) => `${line}: ${reason}`) };
}

describe('the weight in front matter', () => {
  it.each([
    ['weight: 2.5', 2.5],
    ['weight: 0.1', 0.1],
    ['weight: 10', 10],
    ['weight: "3"', 3],
    ['Weight: .5', 0.5],
    ['weight: 0.333', 0.33],
    ['weight:', undefined],
  ])('%s is %s', (statement, weight) => {
    expect(read(statement)).toEqual({ weight, searchWeight: undefined, problems: [] });
  });

  it.each([
    ['weight: 0', '"0"'],
    ['weight: -1', '"-1"'],
    ['weight: 0.05', '"0.05"'],
    ['weight: 10.5', '"10.5"'],
    ['weight: heavy', '"heavy"'],
    ['weight: [2]', 'a list'],
    ['weight: .inf', '".inf"'],
    ['weight: .nan', '".nan"'],
  ])('%s is told and left out', (statement, found) => {
    const problems = [`3: weight: found ${found}, expected a number from 0.1 to 10; it counts as 1`];
    expect(read(statement)).toEqual({ weight: undefined, searchWeight: undefined, problems });
  });

  it('is told and kept where it may be the order of a menu', () => {
    const problems = ['3: weight: found "20", expected a number from 0.1 to 10; it counts as 1'];
    expect(read('weight: 20')).toEqual({ weight: 20, searchWeight: undefined, problems });
    expect(read('weight: 123456').weight).toBe(655);
  });

  it('has a second name for corpora that order menus by the first', () => {
    expect(read('weight: 3\nsearch_weight: 0.5')).toEqual({ weight: 3, searchWeight: 0.5, problems: [] });
    const problems = ['3: search_weight: found "20", expected a number from 0.1 to 10; it counts as 1'];
    expect(read('search_weight: 20')).toEqual({ weight: undefined, searchWeight: undefined, problems });
  });

  it('stands in JSON as well', () => {
    const bytes = Buffer.from(JSON.stringify({ title: 'Ferries', text: 'The ferry left.', weight: 4 }));
    expect(readFile({ path: 'a.json', bytes }).articles[0]?.weight).toBe(4);
  });
});
