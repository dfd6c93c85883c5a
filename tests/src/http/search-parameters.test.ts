import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../src/domain/limits.ts';
import { facetNames } from '../../../src/domain/plan.ts';
import { matches, type SearchRequest, sorts } from '../../../src/domain/search-request.ts';
import {
  findStrayParameters,
  lastPage,
  pageSize,
  readApiParameters,
  readPageParameters,
  writeApiParameters,
  writePageParameters,
} from '../../../src/http/search-parameters.ts';

const startPage: SearchRequest = {
  query: '',
  facets: {},
  from: null,
  to: null,
  match: 'most',
  sort: 'relevance',
  offset: 0,
  limit: pageSize,
  isTyping: false,
  correctsTypos: true,
};

function readApi(text: string) {
  return readApiParameters(new URLSearchParams(text));
}

function readPage(text: string) {
  return readPageParameters(new URLSearchParams(text));
}

describe('the address of a page', () => {
  it.each([
    ['', {}],
    ['q=two+words', { query: 'two words' }],
    ['q=%22a%22+-b', { query: '"a" -b' }],
    ['source=B&source=A&source=B', { facets: { source: ['A', 'B'] } }],
    ['author=&tag=x', { facets: { tag: ['x'] } }],
    ['language=uk&year=2022', { facets: { language: ['uk'], year: ['2022'] } }],
    ['from=2022-09-01&to=2022-09-30', { from: '2022-09-01', to: '2022-09-30' }],
    ['from=&to=', {}],
    ['match=all', { match: 'all' }],
    ['match=most', {}],
    ['match=', {}],
    ['sort=oldest', { sort: 'oldest' }],
    ['sort=', {}],
    ['page=3', { offset: 20 }],
    ['typos=off', { correctsTypos: false }],
    ['typing=on', { isTyping: true }],
    ['utm_source=letter', {}],
    ['source=__proto__&tag=constructor', { facets: { source: ['__proto__'], tag: ['constructor'] } }],
  ])('?%s is read', (text, expected) => {
    expect(readPage(text)).toEqual({ request: { ...startPage, ...expected }, problems: [] });
  });

  it.each([
    ['from=yesterday', /from.*2022-09-13/],
    ['from=2022-02-30', /from/],
    ['to=2022-9-1', /to/],
    ['match=some', /match.*most, all/],
    ['sort=best', /sort.*relevance, newest, oldest/],
    ['page=0', /page.*1 to 1,?001/],
    ['page=1002', /page/],
    ['page=1e2', /page/],
    ['page=-1', /page/],
    ['q=a&q=b', /q.*one query/],
    ['typos=maybe', /typos/],
    ['names=off', /names.*not available/],
    ['retellings=show', /retellings.*not available/],
    ['explain=1', /explain.*not available/],
  ])('?%s falls back and says so', (text, message) => {
    const { request, problems } = readPage(text);
    expect(request).toEqual(startPage);
    expect(problems.map((problem) => problem.message)).toEqual([expect.stringMatching(message)]);
  });

  it('leaves out a facet with a value that is too long', () => {
    const { request, problems } = readPage(`source=${'x'.repeat(limits.attributeLength + 1)}`);
    expect(request).toEqual(startPage);
    expect(problems).toEqual([expect.objectContaining({ message: expect.stringMatching(/source.*500 characters/) })]);
  });

  it('leaves out a facet with too many values', () => {
    const tags = Array.from({ length: limits.filters + 1 }, (_, index) => `tag=${index}`);
    expect(readPage(tags.slice(1).join('&')).problems).toEqual([]);
    expect(readPage(tags.join('&')).problems).toEqual([
      expect.objectContaining({ message: expect.stringMatching(/tag.*at most 20 values/) }),
    ]);
  });

  it('exchanges days that are the wrong way round', () => {
    const { request, problems } = readPage('from=2022-09-30&to=2022-09-01');
    expect(request).toMatchObject({ from: '2022-09-01', to: '2022-09-30' });
    expect(problems).toHaveLength(1);
  });

  it('keeps what is right beside what is wrong', () => {
    const { request, problems } = readPage('q=bridge&page=x&sort=newest');
    expect(request).toEqual({ ...startPage, query: 'bridge', sort: 'newest' });
    expect(problems).toHaveLength(1);
  });

  it('is empty for the start page', () => {
    expect(writePageParameters(startPage)).toBe('');
  });

  it('never says that someone types', () => {
    expect(writePageParameters({ ...startPage, query: 'a', isTyping: true })).toBe('?q=a');
  });

  it('reads back what it wrote', () => {
    const pages = fc.integer({ min: 1, max: lastPage }).map((page) => ({ offset: (page - 1) * pageSize }));
    fc.assert(
      fc.property(requests(pages), (request) => {
        expect(readPage(writePageParameters(request))).toEqual({ request, problems: [] });
      }),
    );
  });

  it('is read whatever it says', () => {
    const names = fc.constantFrom(
      'q',
      'page',
      'from',
      'to',
      'match',
      'sort',
      'source',
      'typos',
      '__proto__',
      'constructor',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(names, fc.string({ unit: 'binary' }))), (pairs) => {
        const { request } = readPageParameters(new URLSearchParams(pairs));
        expect(request.offset).toBeLessThanOrEqual(limits.offset);
        expect(sorts).toContain(request.sort);
      }),
    );
  });
});

describe('the address of a JSON search', () => {
  it('reads back what it wrote', () => {
    const pages = fc.record({
      offset: fc.integer({ min: 0, max: limits.offset }),
      limit: fc.integer({ min: 1, max: limits.hits }),
    });
    fc.assert(
      fc.property(requests(pages), (request) => {
        const read = readApi(writeApiParameters(request));
        expect(read.data).toEqual(request);
      }),
    );
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=51', 'limit'],
    ['limit=', 'limit'],
    ['offset=10001', 'offset'],
    ['offset=-1', 'offset'],
    ['from=2022-13-01', 'from'],
    ['from=2022-02-01&to=2022-01-01', 'to'],
    ['match=', 'match'],
    ['match=some', 'match'],
    ['sort=', 'sort'],
    ['source=', 'source'],
    ['q=a&q=b', 'q'],
    ['typing=yes', 'typing'],
  ])('?%s is refused for %s', (text, name) => {
    const read = readApi(text);
    expect(read.error?.issues.map((issue) => issue.path)).toEqual([[name]]);
  });

  it('tells parameters of later versions from unknown ones', () => {
    const stray = findStrayParameters(new URLSearchParams('q=a&page=2&names=off&constructor=1'));
    expect(stray.later).toEqual(['names']);
    expect(stray.unknown.map(({ code, message }) => [code, message])).toEqual([
      ['unknown-parameter', expect.stringContaining('"page"')],
      ['unknown-parameter', expect.stringContaining('"constructor"')],
    ]);
  });
});

/** Requests as reading makes them: values distinct and in order, days in order, nobody typing. */
function requests(paging: fc.Arbitrary<Partial<SearchRequest>>): fc.Arbitrary<SearchRequest> {
  const value = fc
    .oneof(fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }), fc.constantFrom('__proto__', 'a&b=c', '"<>'))
    .filter((text) => !/\p{Surrogate}/u.test(text));
  const chosen = fc.uniqueArray(value, { minLength: 1, maxLength: 4 }).map((values) => values.sort());
  const day = fc
    .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  const days = fc
    .tuple(fc.option(day), fc.option(day))
    .map(([a, b]) => (a !== null && b !== null && a > b ? { from: b, to: a } : { from: a, to: b }));
  const base = fc.record({
    query: fc.string({ unit: 'grapheme' }),
    facets: fc.record(Object.fromEntries(facetNames.map((name) => [name, chosen])), { requiredKeys: [] }),
    match: fc.constantFrom(...matches),
    sort: fc.constantFrom(...sorts),
    correctsTypos: fc.boolean(),
  });
  return fc
    .tuple(base, days, paging)
    .map(([base, days, paging]) => ({ ...startPage, ...base, ...days, ...paging, facets: { ...base.facets } }));
}
