import { describe, expect, it } from 'vitest';
import { helpText, parseBenchOptions } from './bench-options.ts';
import { doublingsTo } from './measure-scale.ts';

const parse = (...parameters: string[]) => parseBenchOptions(parameters, '/home');

describe('parseBenchOptions', () => {
  it('has defaults for all but the corpus', () => {
    expect(parse('--corpus', 'a', '--corpus=/b')).toMatchObject({
      sources: ['/home/a', '/b'],
      paragraphs: null,
      runs: 3,
      queries: 200,
      clients: 16,
      loadMs: 10_000,
      peers: [],
      scale: null,
      json: null,
    });
  });

  it('reads numbers with and without separators', () => {
    expect(parse('--corpus', 'a', '--paragraphs', '1_000_000', '--seed=7')).toMatchObject({
      paragraphs: 1_000_000,
      seed: 7,
    });
  });

  it('measures all peers, or those that are named', () => {
    expect(parse('--corpus', 'a', '--peers')?.peers).toEqual(['minisearch', 'orama', 'flexsearch', 'lunr', 'fts5']);
    expect(parse('--corpus', 'a', '--peer', 'lunr', '--peer=fts5')?.peers).toEqual(['lunr', 'fts5']);
  });

  it.each([
    [[], 'no corpus given: name a folder or file with --corpus'],
    [['--corpus', 'a', '--runs', '0'], '--runs is "0", expected a whole number from 1'],
    [['--corpus', 'a', '--paragraphs', '1e6'], '--paragraphs is "1e6", expected a whole number from 1'],
    [
      ['--corpus', 'a', '--peer', 'lucene'],
      'no peer "lucene": expected one of minisearch, orama, flexsearch, lunr, fts5',
    ],
  ])('refuses %j: %s', (parameters, message) => {
    expect(() => parse(...parameters)).toThrow(message);
  });

  it('refuses what it does not know', () => {
    expect(() => parse('--corpus', 'a', '--paragrafs', '5')).toThrow('--paragrafs');
  });

  it('gives help instead, with every flag in it', () => {
    expect(parse('--help')).toBeNull();
    expect(helpText.match(/^ {2}--[a-z-]+/gm)?.length).toBe(17);
  });
});

describe('doublingsTo', () => {
  it.each([
    [1_000_000, [31_250, 62_500, 125_000, 250_000, 500_000, 1_000_000]],
    [3_000_000, [93_750, 187_500, 375_000, 750_000, 1_500_000, 3_000_000]],
    [5000, [1250, 2500, 5000]],
    [1500, [1500]],
  ])('gives for %d the sizes %j', (largest, expected) => {
    expect(doublingsTo(largest)).toEqual(expected);
  });
});
