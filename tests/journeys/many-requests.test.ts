/**
 * The promise of the switch, at scale: thousands of requests while one snapshot after the other is published, none fails,
 * and each answer is from one snapshot.
 *
 * Every article has a generation, a word like `gen7` in its title and in each of its paragraphs, and gets the next one
 * before each build. In one snapshot an article has one generation. So an answer that mixes two snapshots shows it: an
 * article with two generations in one answer, or with different ones in two answers that name the same build.
 */
import { rename, writeFile } from 'node:fs/promises';
import { Agent } from 'node:http';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Paragraph } from '../../src/domain/article.ts';
import type { Results } from '../../src/domain/results.ts';
import { endPrograms, get, makePlace, type Place, type Service, startService, waitFor } from './start-program.ts';

const requests = 10_000;
const rebuilds = 20;
const atOnce = 8;
/** Hits of an answer. */
const limit = 2;
/** Ids of the articles in one file, which is replaced in one step: they are always of one generation. */
const twins = ['twin-a', 'twin-b', 'twin-c', 'twin-d'];
/** Articles of which each has a file of its own. */
const singles = ['one.md', 'two.md', 'three.txt', 'sub/four.html'];

afterAll(endPrograms);

function contents(generation: number): Record<string, string> {
  const gen = `gen${generation}`;
  const twin = (id: string) =>
    JSON.stringify({ id, title: `Ferry ${id} ${gen}`, text: `The ferry left ${gen}.\n\nIt came back ${gen}.` });
  return {
    'twins.jsonl': twins.map(twin).join('\n'),
    'one.md': `---\ntitle: Ferry one ${gen}\n---\n\nA ferry ${gen} in the fog.\n\n> Quoted ${gen}.\n\n- Listed ${gen}\n`,
    'two.md': `# Ferry two ${gen}\n\n${`The ferry waits ${gen}. `.repeat(generation % 5)}\n\nThe ferry goes ${gen}.\n`,
    'three.txt': `Ferry three ${gen}\n\nThe ferry is full ${gen}.\n\nNobody is left ${gen}.\n`,
    'sub/four.html': `<title>Ferry four ${gen}</title><main><p>The ferry ${gen} sank.<p>All swam ${gen}.</main>`,
  };
}

/** Each file in one step, so that no build reads half of one. */
async function writeGeneration({ corpus, folder }: Place, generation: number): Promise<void> {
  for (const [name, content] of Object.entries(contents(generation))) {
    const draft = path.join(folder, 'draft');
    await writeFile(draft, content);
    await rename(draft, path.join(corpus, name));
  }
}

/** What the answers said, and what was wrong with them. */
class Ledger {
  readonly failures: string[] = [];
  readonly builds = new Set<string>();
  answers = 0;
  readonly #generations = new Map<string, string>();

  /** Notes the generations that an article showed in an answer of a build; null where the answer names no build. */
  note(build: string | null, article: string, texts: readonly string[]): void {
    const seen = new Set(texts.flatMap((text) => text.match(/gen\d+/g) ?? []));
    if (seen.size !== 1) this.failures.push(`${article} of ${build} shows ${[...seen]}`);
    if (build === null) return;
    const key = `${build} ${twins.includes(article) ? 'twins' : article}`;
    const [generation = ''] = seen;
    const known = this.#generations.get(key) ?? generation;
    this.#generations.set(key, known);
    if (known !== generation) this.failures.push(`${article} of ${build} shows ${generation}, before ${known}`);
    this.builds.add(build);
  }
}

type Request = (service: Service, ledger: Ledger) => Promise<void>;

const agent = new Agent({ keepAlive: true, maxSockets: atOnce });

async function ask(service: Service, address: string): Promise<Awaited<ReturnType<typeof get>>> {
  const answer = await get(service.url + address, { agent });
  if (answer.status !== 200) throw new Error(`${address}: ${answer.status} ${answer.text}`);
  return answer;
}

async function search(service: Service, ledger: Ledger, offset: number): Promise<void> {
  const address = `/api/v1/search?q=ferry&limit=${limit}&offset=${offset}`;
  const { hits, build, total } = (await ask(service, address)).json<Results>();
  const expected = Math.min(limit, twins.length + singles.length - offset);
  if (hits.length !== expected) ledger.failures.push(`${address} of ${build}: ${hits.length} hits of ${total.count}`);
  for (const { article, paragraphs } of hits) {
    ledger.note(build, article.id, [article.title, ...paragraphs.map(({ text }) => text)]);
  }
}

async function read(service: Service, ledger: Ledger, id: string): Promise<void> {
  const answer = await ask(service, `/api/v1/articles/${id}`);
  const { build, article, paragraphs } = answer.json<{
    build: string;
    article: { title: string };
    paragraphs: Paragraph[];
  }>();
  ledger.note(build, id, [article.title, ...paragraphs.map(({ text }) => text)]);
}

const mix: readonly Request[] = [
  ...[0, 2, 4, 6, 0, 2, 4, 6].map(
    (offset): Request =>
      (service, ledger) =>
        search(service, ledger, offset),
  ),
  ...[...twins, ...singles].map(
    (id): Request =>
      (service, ledger) =>
        read(service, ledger, id),
  ),
  async (service, ledger) => ledger.note(null, 'the page', [(await ask(service, '/?q=back&source=')).text]),
  async (service, ledger) => ledger.note(null, 'the reader', [(await ask(service, '/articles/one.md?q=fog')).text]),
];

describe('10,000 requests while 20 rebuilds are published', () => {
  it('are all answered, each from one snapshot', async () => {
    const place = await makePlace(contents(0));
    const service = await startService(place, ['--keep-builds=1']);
    const ledger = new Ledger();
    let published = 0;

    const visit = async () => {
      while (ledger.answers < requests || published < rebuilds) {
        const request = mix[ledger.answers++ % mix.length] as Request;
        await request(service, ledger).catch((error: Error) => ledger.failures.push(error.message));
      }
    };
    const rebuild = async () => {
      for (; published < rebuilds; published++) {
        const before = (await service.status()).snapshot?.build;
        await writeGeneration(place, published + 1);
        await waitFor('the next snapshot', async () => {
          const { snapshot, buildingSince } = await service.status();
          return snapshot?.build !== before && buildingSince === null;
        });
      }
    };
    await Promise.all([rebuild(), ...Array.from({ length: atOnce }, visit)]);
    agent.destroy();

    expect(ledger.failures.slice(0, 10)).toEqual([]);
    expect(ledger.answers).toBeGreaterThanOrEqual(requests);
    expect(ledger.builds.size).toBeGreaterThanOrEqual(rebuilds);
    expect((await service.status()).lastFailure).toBe(null);
    expect(service.stderr()).toBe('');
  });
});

describe('the ledger', () => {
  it.each([
    ['two generations in one answer', [['b1', 'one.md', ['gen1', 'gen2']]]],
    [
      'two generations in one build',
      [
        ['b1', 'one.md', ['gen1']],
        ['b1', 'one.md', ['gen2']],
      ],
    ],
    [
      'twins of two generations',
      [
        ['b1', 'twin-a', ['gen1']],
        ['b1', 'twin-b', ['gen2']],
      ],
    ],
    ['an article without any', [['b1', 'one.md', ['']]]],
  ] as const)('sees %s', (_name, notes) => {
    const ledger = new Ledger();
    for (const [build, article, texts] of notes) ledger.note(build, article, texts);
    expect(ledger.failures).toHaveLength(1);
  });

  it('is content with one generation per article and build', () => {
    const ledger = new Ledger();
    ledger.note('b1', 'one.md', ['gen1 gen1', 'gen1']);
    ledger.note('b1', 'two.md', ['gen2']);
    ledger.note('b2', 'one.md', ['gen2']);
    expect(ledger.failures).toEqual([]);
  });
});
