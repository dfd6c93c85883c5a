import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LedeError } from '../../src/domain/error.ts';
import { environmentVariable, nearestName, readSettings, settingDefinitions } from '../../src/settings.ts';

const token = 'abcdefghijklmnop';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'lede-settings-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('readSettings', () => {
  it('gives the defaults where nothing is set', () => {
    expect(read({})).toEqual({
      corpus: path.join(folder, 'corpus'),
      data: path.join(folder, '.lede'),
      pins: path.join(folder, 'pins.txt'),
      recency: 0,
      recencyDays: 365,
      host: '127.0.0.1',
      port: 3000,
      publicUrl: null,
      watch: true,
      ignore: [],
      gitignore: true,
      includeDrafts: false,
      includeFuture: false,
      siteUrl: null,
      sitePaths: 'folder',
      adminToken: null,
      engine: 'embedded',
      keepBuilds: 3,
      searchWorkers: 0,
      resultCache: 32,
      logLevel: 'info',
      warnings: [],
    });
  });

  it('takes lede.config.json before the default, the environment before it, and a flag before all', async () => {
    await configure({ port: 4001, host: 'a.example', 'log-level': 'warn' });
    const environment = { LEDE_PORT: '4002', LEDE_HOST: 'b.example' };
    expect(read({ environment, flags: { port: '4003' } })).toMatchObject({
      port: 4003,
      host: 'b.example',
      logLevel: 'warn',
      keepBuilds: 3,
    });
  });

  it('starts relative paths from the working folder and keeps absolute ones', () => {
    const settings = read({ flags: { corpus: '../articles', data: '/var/lib/lede' } });
    expect(settings.corpus).toBe(path.join(path.dirname(folder), 'articles'));
    expect(settings.data).toBe('/var/lib/lede');
  });

  it.each([
    [{ corpus: '/srv/site/articles' }, '/srv/site/pins.txt'],
    [{ corpus: '/srv/site/articles', pins: 'editors.txt' }, '/srv/site/editors.txt'],
    [{ corpus: '/srv/site/articles', pins: '/etc/lede/pins.txt' }, '/etc/lede/pins.txt'],
    [{ corpus: '/srv/site/articles', pins: 'articles/.pins.txt' }, '/srv/site/articles/.pins.txt'],
  ])('looks for pinned articles beside the corpus folder: %j', (flags, expected) => {
    expect(read({ flags }).pins).toBe(expected);
  });

  it('wants the file of pinned articles outside the corpus, where it would be an article', () => {
    const flags = { corpus: '/srv/site/articles', pins: 'articles/pins.txt' };
    expect(() => read({ flags })).toThrow('the file of pinned articles "/srv/site/articles/pins.txt" lies among');
  });

  it.each([
    ['0', 0],
    ['0.25', 0.25],
    ['.5', 0.5],
    ['1', 1],
  ])('takes a recency of %s', (recency, expected) => {
    expect(read({ flags: { recency } }).recency).toBe(expected);
  });

  it.each(['-0.1', '1.1', '30%', 'on', ''])('refuses a recency of "%s"', (recency) => {
    expect(() => read({ flags: { recency } })).toThrow('expected a number from 0 to 1');
  });

  it.each([
    ['on', true],
    ['true', true],
    ['1', true],
    ['off', false],
    ['FALSE', false],
    ['0', false],
  ])('reads the switch LEDE_WATCH=%s as %s', (text, expected) => {
    expect(read({ environment: { LEDE_WATCH: text } }).watch).toBe(expected);
  });

  it('reads JSON booleans and numbers as well as texts from lede.config.json', async () => {
    await configure({ watch: false, port: '0', 'keep-builds': 50 });
    expect(read({})).toMatchObject({ watch: false, port: 0, keepBuilds: 50 });
  });

  it('reads lede.config.json with a byte order mark', async () => {
    await writeFile(path.join(folder, 'lede.config.json'), '\uFEFF{"port": 5}');
    expect(read({}).port).toBe(5);
  });

  it('takes an empty environment variable as not set', () => {
    expect(read({ environment: { LEDE_PORT: '', LEDE_ADMIN_TOKEN: '' } })).toMatchObject({
      port: 3000,
      adminToken: null,
    });
  });

  it.each([
    ['https://search.example/', 'https://search.example'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['https://example.org/archive/', 'https://example.org/archive'],
  ])('reads the public URL %s as %s', (text, expected) => {
    expect(read({ flags: { 'public-url': text } }).publicUrl).toBe(expected);
  });

  it.each([
    ['corpus', '', 'a path'],
    ['corpus', 'a\0b', 'a path'],
    ['host', 'two words', 'a host name or an IP address'],
    ['port', '65536', 'a whole number from 0 to 65535'],
    ['port', '-1', 'a whole number from 0 to 65535'],
    ['port', '3e3', 'a whole number from 0 to 65535'],
    ['port', '80.5', 'a whole number from 0 to 65535'],
    ['public-url', 'ftp://example.org', 'an http or https URL'],
    ['public-url', 'javascript:alert(1)', 'an http or https URL'],
    ['public-url', 'https://a:b@example.org', 'without user'],
    ['public-url', 'example.org', 'an http or https URL'],
    ['watch', 'yes', 'on, off, true, false, 1 or 0'],
    ['engine', 'lucene', '"embedded"'],
    ['keep-builds', '0', 'a whole number from 1 to 50'],
    ['keep-builds', '51', 'a whole number from 1 to 50'],
    ['log-level', 'loud', '"silent", "error", "warn", "info" or "debug"'],
  ])('refuses --%s %j and says what it expected', (name, value, expected) => {
    const error = errorOf(() => read({ flags: { [name]: value } }));
    expect(error.code).toBe('invalid');
    expect(error.message).toContain(`"${name}" (--${name}) is "${value}", expected `);
    expect(error.message).toContain(expected);
  });

  it('names the origin of a wrong value', async () => {
    expect(errorOf(() => read({ environment: { LEDE_KEEP_BUILDS: 'x' } })).message).toBe(
      '"keep-builds" (LEDE_KEEP_BUILDS) is "x", expected a whole number from 1 to 50',
    );
    await configure({ port: 1.5 });
    expect(errorOf(() => read({})).message).toBe(
      '"port" (lede.config.json) is 1.5, expected a whole number from 0 to 65535',
    );
    await configure({ port: [3000] });
    expect(errorOf(() => read({})).message).toBe(
      '"port" (lede.config.json) is [3000], expected a whole number from 0 to 65535',
    );
  });

  it.each([
    ['prot', 'port'],
    ['publicUrl', 'public-url'],
    ['keep_builds', 'keep-builds'],
  ])('refuses the unknown key %j in lede.config.json and points to %j', async (key, nearest) => {
    await configure({ [key]: 1 });
    const error = errorOf(() => read({}));
    expect(error.code).toBe('invalid');
    expect(error.message).toBe(`unknown setting "${key}" in lede.config.json, did you mean "${nearest}"?`);
  });

  it.each(['__proto__', 'constructor', 'toString'])('takes the key %j for an unknown setting', async (key) => {
    await writeFile(path.join(folder, 'lede.config.json'), `{"${key}": {"port": 1}}`);
    expect(errorOf(() => read({})).message).toContain(`unknown setting "${key}" in lede.config.json`);
  });

  it('warns about an unknown LEDE_ variable and goes on', () => {
    const settings = read({ environment: { LEDE_PROT: '1', LEDE_SOMETHING: '2', HOME: '/root' } });
    expect(settings.port).toBe(3000);
    expect(settings.warnings).toEqual([
      'environment variable "LEDE_PROT" sets nothing, did you mean "LEDE_PORT"?',
      'environment variable "LEDE_SOMETHING" sets nothing',
    ]);
  });

  it.each([
    ['{"port": 3000', 'is not JSON'],
    ['[]', 'holds no JSON object'],
    ['null', 'holds no JSON object'],
    ['', 'is not JSON'],
  ])('refuses a lede.config.json that holds %j', async (content, reason) => {
    await writeFile(path.join(folder, 'lede.config.json'), content);
    const error = errorOf(() => read({}));
    expect(error.code).toBe('invalid');
    expect(error.message).toContain(`"${path.join(folder, 'lede.config.json')}" ${reason}`);
  });

  it('says that the OpenSearch engine is not available yet', () => {
    const error = errorOf(() => read({ environment: { LEDE_ENGINE: 'opensearch' } }));
    expect(error.code).toBe('unsupported');
    expect(error.message).toBe('"engine" (LEDE_ENGINE) is "opensearch", not available in this version: use "embedded"');
  });
});

describe('the data folder', () => {
  it.each([
    ['articles', 'articles/index'],
    ['articles', 'articles'],
    ['.', 'index'],
  ])('is refused among the articles: corpus %s, data %s', (corpus, data) => {
    const read = () => readSettings({ flags: { corpus, data }, environment: {}, folder: '/nowhere' });
    expect(read).toThrow(/lies among the articles/);
  });

  it.each([
    ['articles', 'articles/.index'],
    ['articles', 'articles-index'],
    ['articles/2022', 'articles'],
    ['.', '.lede/deep'],
  ])('may lie outside or be hidden: corpus %s, data %s', (corpus, data) => {
    const settings = readSettings({ flags: { corpus, data }, environment: {}, folder: '/nowhere' });
    expect(settings.data.startsWith('/nowhere/')).toBe(true);
  });
});

describe('the admin token', () => {
  it('is taken from its setting', () => {
    expect(read({ environment: { LEDE_ADMIN_TOKEN: token } }).adminToken).toBe(token);
  });

  it('is taken from a file without the space around it', async () => {
    await writeFile(path.join(folder, 'token'), `  ${token}\n`);
    expect(read({ flags: { 'admin-token-file': 'token' } }).adminToken).toBe(token);
  });

  it.each(['short', 'has spaces in between', 'fünfzehnundmehrzeichen'])(
    'is refused as %j without being shown',
    (bad) => {
      const error = errorOf(() => read({ environment: { LEDE_ADMIN_TOKEN: bad } }));
      expect(error.code).toBe('invalid');
      expect(error.message).toContain('"admin-token" (LEDE_ADMIN_TOKEN)');
      expect(error.message).toContain('at least 16 characters');
      expect(error.message).not.toContain(bad);
    },
  );

  it('is refused from a file that is too short, with the path and without the content', async () => {
    await writeFile(path.join(folder, 'token'), 'secret\n');
    const { message } = errorOf(() => read({ flags: { 'admin-token-file': 'token' } }));
    expect(message).toContain(path.join(folder, 'token'));
    expect(message).toContain('6 characters, expected at least 16');
    expect(message).not.toContain('"secret"');
  });

  it('is refused from a file that does not exist', () => {
    const error = errorOf(() => read({ flags: { 'admin-token-file': 'absent' } }));
    expect(error.code).toBe('invalid');
    expect(error.message).toContain('does not exist');
  });

  it('is refused where both the token and a file are set', () => {
    const environment = { LEDE_ADMIN_TOKEN: token };
    expect(errorOf(() => read({ environment, flags: { 'admin-token-file': 'token' } })).message).toBe(
      '"admin-token" (LEDE_ADMIN_TOKEN) and "admin-token-file" (--admin-token-file) are both set: remove one of them',
    );
  });
});

describe('settingDefinitions', () => {
  it.each(settingDefinitions)('$name accepts its own default', (definition) => {
    expect(definition.default === null || definition.parse(definition.default) === definition.default).toBe(true);
  });

  it('gives each setting a name and a variable of its own', () => {
    const names = settingDefinitions.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(names.map(environmentVariable)).size).toBe(names.length);
    expect(environmentVariable('admin-token-file')).toBe('LEDE_ADMIN_TOKEN_FILE');
  });
});

describe('nearestName', () => {
  it.each([
    ['prot', 'port'],
    ['PORT', 'port'],
    ['hosts', 'host'],
    ['zebra', null],
    ['', null],
  ])('finds for %j the name %j', (name, expected) => {
    expect(nearestName(name, ['host', 'port', 'keep-builds'])).toBe(expected);
  });
});

function read(sources: { flags?: Record<string, string | boolean>; environment?: Record<string, string> }) {
  return readSettings({ flags: sources.flags ?? {}, environment: sources.environment ?? {}, folder });
}

async function configure(settings: object): Promise<void> {
  await writeFile(path.join(folder, 'lede.config.json'), JSON.stringify(settings));
}

function errorOf(action: () => unknown): LedeError {
  try {
    action();
  } catch (error) {
    if (error instanceof LedeError) {
      return error;
    }
    throw error;
  }
  throw new Error('expected a LedeError, but nothing was thrown');
}
