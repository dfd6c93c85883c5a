/** A folder that someone made to break things: the build ends and says what is wrong, and no page runs or breaks. */
import { execFileSync } from 'node:child_process';
import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BuildReport } from '../../src/domain/build-report.ts';
import type { Results } from '../../src/domain/results.ts';
import { parseElements } from '../views/parsed-page.ts';
import { endPrograms, makePlace, type Place, runLede, type Service, startService } from './start-program.ts';

/** Breaks out of text, of either kind of attribute, of a comment, and of the elements that hold raw text. */
const injection =
  '</title></textarea></script><script class=injected>alert(1)</script>' +
  '<img class=injected src=x onerror=alert(1)>"class="injected"onclick="alert(1)" x=\' class=\'injected\' ' +
  'onmouseover=\'alert(1)--><hx-partial class=injected hx-target="body">x</hx-partial>';

const aliasBomb = [
  '---',
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...Array.from('bcdefghij', (name) => {
    const before = String.fromCharCode(name.charCodeAt(0) - 1);
    return `${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]`;
  }),
  'tags: *j',
  '---',
  '',
  'The bomb lies in the front matter.',
].join('\n');

const record = (fields: object) => JSON.stringify({ text: 'A harbour like any other.', ...fields });

const files: Readonly<Record<string, string | Uint8Array>> = {
  'nested.html': `<title>Nested</title><main>${'<div>'.repeat(50_000)}harbour at the bottom${'</div>'.repeat(50_000)}`,
  'emphasis.md': `# Emphasis\n\n${'*a_'.repeat(20_000)}\n\nThe harbour after it.\n`,
  'bomb.md': aliasBomb,
  'code.md': '---js\nmodule.exports = process.exit(7)\n---\n\nThe harbour behind the code.\n',
  'unclosed.md': '---\ntitle: [\n---\n\nThe harbour behind broken front matter.\n',
  'nul.txt': 'NUL\0 bytes\0\n\nThe harbour\0 between zeros.\n',
  'line.txt': `One line\n\n${'the harbour goes on and on '.repeat(400_000)}`,
  'bytes.txt': Uint8Array.of(0x54, 0x0a, 0x0a, 0xff, 0xfe, 0x80, 0xed, 0xa0, 0x80, 0x20, 0x68, 0x61, 0x72, 0x62),
  'utf16.txt': Buffer.from('\ufeffUTF-16\n\nThe harbour \ud800 half a pair.\n', 'utf16le'),
  'empty.md': '',
  'broken.json': '{"title": "never closed"',
  'deep.json': `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
  'ids.jsonl': [
    record({ id: '../../etc/passwd', title: 'Upwards' }),
    record({ id: '..', title: 'Dots' }),
    record({ id: '__proto__', title: 'Prototype', tags: ['__proto__', 'constructor'], source: '__proto__' }),
    record({ id: 'constructor', title: 'Constructor', authors: ['hasOwnProperty'] }),
    record({ id: 'a//b/../c?q=1#x%2f', title: 'Address' }),
    record({ id: ' ', title: 'Blank' }),
    record({ id: '"><script class=injected>', title: 'Script' }),
    record({ id: 'terminal', title: 'An alarm \u001b[31m\u0007', source: '\u001b]0;x\u0007', text: 'alarm \u009b1m' }),
    record({ id: 'Ünïcödé \u202e right to left', title: '\u202eturned' }),
    '{"id": "half", "title": "Half \\ud800 pair", "text": "A harbour \\udfff with halves."}',
    '{"__proto__": {"polluted": true}, "id": "polluted", "title": "Polluted", "text": "A harbour, polluted."}',
    'no JSON at all',
    record({ id: 'constructor', title: 'Second with this id' }),
  ].join('\n'),
  'fields.jsonl': record({
    id: injection,
    title: injection,
    text: `harbour ${injection}\n\n${injection}`,
    authors: [injection],
    source: injection,
    url: `javascript:alert(1)//${injection}`,
    tags: [injection],
    date: injection,
    language: injection,
  }),
  'fields.html':
    '<title>&lt;script class=injected&gt;</title><meta name="author" content="&quot;&gt;&lt;b class=injected&gt;">' +
    `<main><h2>&lt;img class=injected&gt;</h2><p>harbour &lt;script class=injected&gt;alert(1)&lt;/script&gt;</p>` +
    `<p onclick="alert(1)">${injection}</p><a href="javascript:alert(1)">here</a></main>`,
  'fields.md': `---\ntitle: '${injection.replaceAll("'", "''")}'\nurl: "javascript:alert(1)"\n---\n\n## ${injection}\n\nharbour [x](javascript:alert(1)) ${injection}\n`,
  '<img class=injected onerror=alert(1)>.txt': `${injection}\n\nharbour\n`,
  'alarm\u001b[31m\n\u0007.bin': 'of an unknown format',
};

let place: Place;
let report: BuildReport;
let service: Service;

beforeAll(async () => {
  place = await makePlace(files);
  await symlink('/etc/passwd', path.join(place.corpus, 'passwd.txt'));
  await symlink('.', path.join(place.corpus, 'circle'));
  execFileSync('mkfifo', [path.join(place.corpus, 'pipe.txt')]);
  const built = await runLede(['build', '--json'], place);
  expect(built).toMatchObject({ code: 0, stderr: '' });
  report = (JSON.parse(built.stdout) as { report: BuildReport }).report;
  service = await startService(place);
});

afterAll(endPrograms);

describe('the build', () => {
  it('accounts for every file', () => {
    const { found, read, unchanged, skipped } = report.files;
    expect(read + unchanged + skipped).toBe(found);
    expect(found).toBe(Object.keys(files).length + 3);
  });

  it.each([
    ['bomb.md', 'warning', 'front matter left out'],
    ['broken.json', 'skipped', 'not valid JSON'],
    ['bytes.txt', 'warning', 'read as Windows-1252'],
    ['circle', 'skipped', 'a symbolic link'],
    ['code.md', 'warning', 'never run'],
    ['deep.json', 'skipped', 'nested deeper'],
    ['empty.md', 'warning', 'no text'],
    ['fields.jsonl', 'warning', 'expected an address that begins with http: or https:'],
    ['fields.md', 'warning', 'expected an address that begins with http: or https:'],
    ['ids.jsonl', 'skipped', 'article id "constructor" is taken'],
    ['ids.jsonl', 'skipped', 'not valid JSON'],
    ['nested.html', 'warning', 'nested deeper than'],
    ['nul.txt', 'skipped', 'NUL bytes'],
    ['passwd.txt', 'skipped', 'leads out of the corpus folder'],
    ['pipe.txt', 'skipped', 'a FIFO'],
    ['unclosed.md', 'warning', 'not valid YAML'],
  ])('reports %s: %s, %s', (file, severity, reason) => {
    const found = report.problems.filter((problem) => problem.path === file && problem.severity === severity);
    expect(found.map((problem) => problem.reason).join('\n')).toContain(reason);
  });

  it.each(['search', 'status'])('lets no control character through to a terminal in lede %s', async (command) => {
    const { code, stdout } = await runLede(command === 'search' ? ['search', 'alarm'] : ['status'], place);
    expect(code).toBe(0);
    expect(stdout).toContain('alarm');
    expect(stdout).not.toMatch(/[^\P{Cc}\n]/u);
  });
});

describe('what can be read of it', () => {
  it.each([
    ['nested.html', 'harbour bottom'],
    ['emphasis.md', 'harbour after'],
    ['bomb.md', 'bomb lies'],
    ['code.md', 'behind the code'],
    ['unclosed.md', 'broken front matter'],
    ['line.txt', 'goes on and on'],
    ['bytes.txt', 'harb'],
    ['utf16.txt', 'half a pair'],
    ['ids.jsonl', 'harbour with halves'],
  ])('%s is found with “%s”', async (file, query) => {
    const { hits } = await search({ q: query });
    expect(hits.map(({ article }) => article.path)).toContain(file);
  });

  it.each([
    [{ source: '__proto__' }, '__proto__'],
    [{ tag: '__proto__' }, '__proto__'],
    [{ tag: 'constructor' }, '__proto__'],
    [{ author: 'hasOwnProperty' }, 'constructor'],
    [{ q: 'title:constructor' }, 'constructor'],
    [{ q: 'source:__proto__' }, '__proto__'],
    [{ q: 'title:polluted' }, 'polluted'],
  ])('names of an object are words like others: %j finds one article', async (parameters, id) => {
    const { hits } = await search(parameters);
    expect(hits.map(({ article }) => article.id)).toEqual([id]);
  });

  it('counts such names like others', async () => {
    const { facets } = await search({ q: 'harbour' });
    expect(facets.source).toContainEqual({ value: '__proto__', count: 1, selected: false });
    expect(facets.tag).toContainEqual({ value: 'constructor', count: 1, selected: false });
    expect(facets.author).toContainEqual({ value: 'hasOwnProperty', count: 1, selected: false });
    expect(Object.keys(facets).sort()).toEqual(['author', 'language', 'source', 'tag', 'year']);
  });
});

describe('the pages', () => {
  it('of every article run nothing, and passages of the results lead to their paragraphs', async () => {
    for (const query of ['harb*', 'injected']) {
      const { hits } = await search({ q: query, limit: '50' });
      expect(hits.length).toBeGreaterThan(3);
      for (const { article, paragraphs } of hits.filter((hit) => hit.article.path !== 'line.txt')) {
        const api = await service.get(`/api/v1/articles/${encodeURIComponent(article.id)}`);
        expect([article.id, api.status]).toEqual([article.id, 200]);
        const [address = '', anchor = ''] = paragraphs[0]?.href.split('#') ?? [];
        const page = await service.get(address);
        expect([address, page.status]).toEqual([address, 200]);
        expect(dangersIn(page.text)).toEqual([]);
        expect(parseElements(page.text).filter(({ attributes }) => attributes.id === anchor)).toHaveLength(1);
      }
    }
  });

  it('show an article of 10 MB', async () => {
    const page = await service.get('/articles/line.txt?q=goes');
    expect(page.status).toBe(200);
    expect(page.text.match(/<mark>goes<\/mark>/g)).toHaveLength(400_000);
  });

  it.each<Record<string, string>>([
    { q: injection },
    { q: 'harbour', source: injection, author: injection, tag: injection, language: injection, year: injection },
    { q: '__proto__', sort: injection, from: injection, to: injection, page: injection },
    { q: 'constructor', source: '__proto__', page: '-1', year: 'constructor' },
    { ['__proto__']: 'x', constructor: 'x', q: 'title:"' },
    { q: '\0\ud800\u202e<b class=injected>' },
    { q: 'injected', page: '2' },
  ])('of results run nothing for %j', async (parameters) => {
    const address = `/?${new URLSearchParams(parameters)}`;
    for (const headers of [{}, { 'hx-request': 'true', 'hx-request-type': 'partial' }]) {
      const page = await service.get(address, { headers });
      expect(page.status).toBe(200);
      expect(page.headers['content-security-policy']).toContain("default-src 'none'");
      expect(dangersIn(page.text)).toEqual([]);
    }
  });

  it.each([
    '/articles/../../etc/passwd',
    '/articles/%2e%2e%2f%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    '/articles/..%5c..%5cetc%5cpasswd',
    '/articles/passwd.txt',
    '/articles/%00',
    '/articles/%ff',
    '/articles/%',
    '/articles/toString',
    '/assets/../package.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/api/v1/articles/..%2f..%2fpackage.json',
    '/problems/constructor',
    '/%3Cscript%20class=injected%3E',
    '//evil.example/',
  ])('lead to no file: %s is not found', async (address) => {
    const page = await service.get(address, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(404);
    expect(page.text).not.toContain('root:');
    expect(dangersIn(page.text)).toEqual([]);
  });
});

async function search(parameters: Readonly<Record<string, string>>): Promise<Results> {
  const answer = await service.get(`/api/v1/search?${new URLSearchParams({ typos: 'off', ...parameters })}`);
  expect(answer.status).toBe(200);
  return answer.json<Results>();
}

/** What would run in a browser, or was put there by one of the texts. */
function dangersIn(html: string): readonly string[] {
  return parseElements(html).flatMap(({ name, attributes }) => {
    const isOwnScript = attributes.src?.startsWith('/assets/') === true;
    const addresses = [attributes.href, attributes.src, attributes.action, attributes['hx-get']];
    const isDangerous =
      (name === 'script' && !isOwnScript) ||
      ['img', 'iframe', 'object', 'embed', 'base', 'style'].includes(name) ||
      Object.keys(attributes).some((attribute) => /^on|^style$/.test(attribute)) ||
      Object.entries(attributes).some(
        ([key, value]) => key === 'injected' || (key === 'class' && /injected/.test(value)),
      ) ||
      addresses.some((address) => address !== undefined && !/^(?:\/(?!\/)|#|\?|https?:)/.test(address));
    return isDangerous ? [`<${name} ${JSON.stringify(attributes)}>`] : [];
  });
}
