import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeAnswer } from '../../../src/domain/answer.ts';
import { limits } from '../../../src/domain/limits.ts';
import type { SearchRequest } from '../../../src/domain/search-request.ts';
import type { PinsStatus } from '../../../src/domain/service-status.ts';
import type { Searchable } from '../../../src/searchable.ts';
import { PinnedArticles } from '../../../src/service/pinned-articles.ts';
import { Searches } from '../../../src/service/searches.ts';
import { withTemporaryFolder } from '../../contract/corpus-files.ts';
import { withEmbedded } from '../../contract/open-embedded.ts';

const files = new Map([
  ['news/a.md', '---\nid: ferry-1\n---\nThe ferry left.\n'],
  ['b.md', 'The ferry left the quay.\n'],
  ['c.txt', 'Trams\n\nNothing else.\n'],
]);

interface Bench {
  readonly searchable: Searchable;
  readonly file: string;
  readonly pins: PinnedArticles;
  /** What was told, one after the other. */
  readonly told: readonly PinsStatus[];
  /** Paths of the articles pinned to a query. */
  readonly pathsOf: (query: string) => Promise<readonly string[]>;
}

function withBench(work: (bench: Bench) => Promise<void>): Promise<void> {
  return withEmbedded(files, (searchable) =>
    withTemporaryFolder((folder) => {
      const file = path.join(folder, 'pins.txt');
      const told: PinsStatus[] = [];
      const pins = new PinnedArticles(file, (status) => told.push(status));
      const pathsOf = async (query: string) => {
        const found = await pins.of(query, searchable);
        return Promise.all(found.map(async (article) => (await searchable.store.readArticle(article)).path));
      };
      return work({ searchable, file, pins, told, pathsOf });
    }),
  );
}

describe('pinned articles', () => {
  it('are none without a file', () =>
    withBench(async ({ pins, pathsOf, told }) => {
      expect(await pathsOf('ferry')).toEqual([]);
      expect({ status: pins.status, told }).toEqual({ status: null, told: [] });
    }));

  it('are named by path or id, each once, in the order of their lines', () =>
    withBench(async ({ file, pins, pathsOf, told }) => {
      await writeFile(file, 'Ferry = c.txt\nferry = /b.md\nferry = ferry-1\nferry = news/a.md\n');
      expect(await pathsOf('FERRY!')).toEqual(['c.txt', 'b.md', 'news/a.md']);
      expect(await pathsOf('ferry times')).toEqual([]);
      expect({ status: pins.status, told }).toEqual({ status: { queries: 1, problems: [] }, told: [] });
    }));

  it('are read again when the file was changed, made or removed', () =>
    withBench(async ({ file, pins, pathsOf, searchable }) => {
      const editions = new Set([await pins.edition(searchable)]);
      await writeFile(file, 'ferry = b.md\n');
      expect(await pathsOf('ferry')).toEqual(['b.md']);
      editions.add(await pins.edition(searchable));
      await writeFile(file, 'ferry = c.txt');
      expect(await pathsOf('ferry')).toEqual(['c.txt']);
      editions.add(await pins.edition(searchable));
      expect(editions.size).toBe(3);
      await rm(file);
      expect(await pathsOf('ferry')).toEqual([]);
      expect(pins.status).toBeNull();
    }));

  it('tell what is wrong with the file by its lines, once, and go on with the rest', () =>
    withBench(async ({ file, pins, pathsOf, told, searchable }) => {
      await writeFile(file, 'ferry = lost.md\nnonsense\nferry = b.md\n');
      expect(await pathsOf('ferry')).toEqual(['b.md']);
      const problems = [
        { line: 1, reason: 'there is no article "lost.md": expected a path or an id' },
        { line: 2, reason: 'found "nonsense", expected query = article' },
      ];
      expect(told).toEqual([{ queries: 1, problems }]);
      await pins.check(searchable);
      expect(await pathsOf('ferry')).toEqual(['b.md']);
      expect(told).toHaveLength(1);
      await writeFile(file, 'ferry = b.md\n');
      expect(await pathsOf('ferry')).toEqual(['b.md']);
      expect(told.slice(1)).toEqual([{ queries: 1, problems: [] }]);
    }));

  it('go on without a file that cannot be read, or is too large, and tell', () =>
    withBench(async ({ file, pathsOf, pins, told }) => {
      await writeFile(file, '#'.repeat(limits.pinBytes + 1));
      expect(await pathsOf('ferry')).toEqual([]);
      const reason = `cannot be read: found ${limits.pinBytes + 1} bytes, expected ${limits.pinBytes} at most`;
      expect(pins.status).toEqual({ queries: 0, problems: [{ line: 1, reason }] });
      await rm(file);
      await mkdir(file);
      expect(await pathsOf('ferry')).toEqual([]);
      expect(told.at(-1)?.problems[0]?.reason).toMatch(/^cannot be read: /);
    }));

  it('are checked again with another snapshot', () =>
    withBench(async ({ file, pins, searchable, told }) => {
      await writeFile(file, 'ferry = b.md\n');
      await pins.check(searchable);
      await withEmbedded(new Map([['c.txt', 'Trams\n\nNothing else.']]), async (other) => {
        await pins.check(other);
        expect(told.map(({ problems }) => problems.length)).toEqual([1]);
        expect(await pins.of('ferry', other)).toEqual([]);
      });
    }));

  it('reach the answers of the service, those that were kept as well', () =>
    withBench(async ({ file, pins, searchable }) => {
      const options = { threads: 1, cacheBytes: 1_000_000, onThreadEnd: () => {}, program: null };
      const searches = new Searches({ ...options, pins, recency: { share: 0.5, halfLifeDays: 10 } });
      const rest = { match: 'most', sort: 'relevance', offset: 0, limit: 10 } as const;
      const request: SearchRequest = {
        query: 'ferry',
        facets: {},
        from: null,
        to: null,
        ...rest,
        isTyping: false,
        correctsTypos: true,
      };
      const pathsOf = async () => {
        const { hits, understood } = decodeAnswer(await searches.search(request, searchable));
        expect(understood.owners?.recency).toEqual({ share: 0.5, halfLifeDays: 10 });
        return hits.map(({ article, pinned }) => `${article.path}${pinned ? ' pinned' : ''}`);
      };
      const before = await pathsOf();
      const edition = await searches.edition(searchable);
      await writeFile(file, 'ferry = c.txt\n');
      expect(await pathsOf()).toEqual(['c.txt pinned', ...before]);
      expect(await searches.edition(searchable)).not.toBe(edition);
      await rm(file);
      expect(await pathsOf()).toEqual(before);
      expect(await searches.edition(searchable)).toBe(edition);
    }));
});
