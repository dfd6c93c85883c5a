/**
 * The documents keep their word: files, commands, flags, npm scripts, routes and settings that they name exist, and
 * README's tables of settings and limits equal the program's.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandDefinitions } from '../src/command-definitions.ts';
import { helpText } from '../src/command-help.ts';
import { limits } from '../src/domain/limits.ts';
import { printDefault, settingDefinitions } from '../src/settings.ts';
import { createFakeApp } from './src/http/fake-service.ts';

const root = path.resolve(import.meta.dirname, '..');
const documents = ['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md'];

/** What a path has to begin with to be checked: `text/html` is none of ours, `src/main.ts` is. */
const topLevelFolders = ['src', 'index-build', 'views', 'corpus', 'tests', '.ci'];

describe.each(documents)('%s', (document) => {
  it('exists and says something', () => {
    expect(readDocument(document).length).toBeGreaterThan(100);
  });

  it('names only files that exist', () => {
    expect(findPaths(readDocument(document)).filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  });

  it('names only npm scripts that exist', () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(
      readFileSync(path.join(root, 'package.json'), 'utf8'),
    );
    expect(findScripts(readDocument(document)).filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  });

  it('names only commands that exist', () => {
    const known = commandDefinitions.map(({ name }): string => name);
    expect(findCommands(readDocument(document)).filter((command) => !known.includes(command))).toEqual([]);
  });

  it('names only flags of lede that exist', () => {
    expect(findFlags(readDocument(document)).filter((flag) => !isKnownFlag(flag))).toEqual([]);
  });

  it('names only routes that exist', () => {
    const known = knownRoutes();
    expect(findRoutes(readDocument(document)).filter((route) => !known.includes(route))).toEqual([]);
  });
});

describe('the settings table of README.md', () => {
  it('lists every setting with its default, and no other', () => {
    const expected = settingDefinitions.map((definition) => [definition.name, printDefault(definition)]);
    expect(readSettingsTable(readDocument('README.md'))).toEqual(expected);
  });
});

describe('the query language of README.md', () => {
  it.each(['satellite AND bridges', 'date:today', 'after:yesterday'])('names `%s`', (query) => {
    expect(spansOf(sectionOf(readDocument('README.md'), 'Query language'))).toContain(query);
  });

  it('says how many words may be missing', () => {
    expect(sectionOf(readDocument('README.md'), 'Query language')).toContain(
      'some may be missing, as long as the others weigh enough: one rare word, or several common ones',
    );
  });
});

describe('the limits of README.md', () => {
  it('are all limits of the program, with their numbers, and no other', () => {
    expect(readLimits(readDocument('README.md'))).toEqual(limits);
  });
});

describe('the reading of documents', () => {
  it.each([
    ['see `src/main.ts` and `index-build/`', ['src/main.ts', 'index-build/']],
    ['`src/main.ts:12`, `tests/**/*.test.ts`', ['src/main.ts', 'tests']],
    ['`package.json`, `.ci/run`', ['package.json', '.ci/run']],
    ['`text/html`, `GET /articles/{id}`, `lede.config.json`, `dist/src/main.js`', []],
    ['[the map](ARCHITECTURE.md#map) and [out](https://example.org/src/a.ts)', ['ARCHITECTURE.md']],
  ])('finds in %j the files %j', (text, expected) => {
    expect(findPaths(text)).toEqual(expected);
  });

  it.each([
    ['`npm run lint`, `npm test`, `npm start`', ['lint', 'test', 'start']],
    ['```sh\nnpm ci && npm run format:check -- --x\n```', ['format:check']],
  ])('finds in %j the scripts %j', (text, expected) => {
    expect(findScripts(text)).toEqual(expected);
  });

  it.each([
    ['`GET /help`, `POST /api/v1/rebuild`', ['GET /help', 'POST /api/v1/rebuild']],
    ['`GET /?q=izium` and `GET /articles/{id}?q=…#p-1`', ['GET /', 'GET /articles/{id}']],
    ['GET / in prose, `/help`, `GET`', []],
  ])('finds in %j the routes %j', (text, expected) => {
    expect(findRoutes(text)).toEqual(expected);
  });

  it('finds limits in the section about them only', () => {
    const text = '`no` 1\n\n## Limits\n\n| a | `bytes` 33,554,432; `hits` 50, `rest` |\n\n## More\n\n`no` 2';
    expect(readLimits(text)).toEqual({ bytes: 33_554_432, hits: 50 });
  });

  it.each([
    ['`lede build --full`, `npx lede status`', ['build', 'status'], ['--full']],
    ['```sh\nnpx lede search "a --b" --limit 5\n$ lede serve\n```', ['search', 'serve'], ['--limit']],
    ['`node dist/src/main.js serve --port 0`', ['serve'], ['--port']],
    ['lede is a word of newsrooms; `lede`', [], []],
    ['`lede --version`', [], ['--version']],
  ])('finds in %j the commands %j and flags %j', (text, commands, flags) => {
    expect(findCommands(text)).toEqual(commands);
    expect(findFlags(text)).toEqual(flags);
  });
});

function readDocument(document: string): string {
  return readFileSync(path.join(root, document), 'utf8');
}

/** Paths in backticks and targets of links, without line numbers, anchors and from the first wildcard on. */
function findPaths(text: string): string[] {
  const isTopLevelFile = (file: string) => readdirSync(root).includes(file) && file.includes('.');
  const links = [...text.matchAll(/\]\((?<target>[\w./-]+)(?:#[^)]*)?\)/g)].flatMap(
    ({ groups }) => groups?.target ?? [],
  );
  const named = spansOf(text)
    .filter((span) => /^[\w.*{},/-]+(?::\d+)?$/.test(span))
    .map((span) => span.replace(/:\d+$/, '').replace(/\/?[^/]*[*{].*$/, ''))
    .filter(
      (span) =>
        topLevelFolders.some((folder) => span.startsWith(`${folder}/`) || span === folder) || isTopLevelFile(span),
    );
  return [...named, ...links];
}

function findScripts(text: string): string[] {
  return [...text.matchAll(/\bnpm (?:run )?(?<script>(?<=run )[\w:-]+|start\b|test\b)/g)].flatMap(
    ({ groups }) => groups?.script ?? [],
  );
}

function findCommands(text: string): string[] {
  return callsOf(text).flatMap((call) => /^[a-z][\w-]*/.exec(call)?.[0] ?? []);
}

function findFlags(text: string): string[] {
  return callsOf(text).flatMap(
    (call) => call.replaceAll(/"[^"]*"|'[^']*'/g, '').match(/(?<=^|\s)--[a-z][\w-]*/g) ?? [],
  );
}

/** What follows `lede` wherever it is called, in backticks or on a line of a code block. */
function callsOf(text: string): string[] {
  return [...spansOf(text), ...blockLinesOf(text)].flatMap(
    (line) => /^(?:\$ )?(?:npx )?(?:lede|node dist\/src\/main\.js) (?<call>.+)$/.exec(line.trim())?.groups?.call ?? [],
  );
}

function spansOf(text: string): string[] {
  const prose = text.replaceAll(/^```.*?^```/gms, '');
  return [...prose.matchAll(/`(?<span>[^`\n]+)`/g)].flatMap(({ groups }) => groups?.span ?? []);
}

function blockLinesOf(text: string): string[] {
  return [...text.matchAll(/^```[^\n]*\n(?<block>.*?)^```/gms)].flatMap(
    ({ groups }) => groups?.block?.split('\n') ?? [],
  );
}

/** Routes in backticks, as `METHOD /path`, without query and fragment. */
function findRoutes(text: string): string[] {
  return spansOf(text).flatMap((span) => /^(?:GET|POST|PUT|DELETE) \/[^\s?#]*/.exec(span)?.[0] ?? []);
}

/** The app's own table of routes, parameters as documents write them: `{id}`. */
function knownRoutes(): string[] {
  const app = createFakeApp([], { adminToken: 'token-of-the-documents', requestRebuild: () => {} });
  return app.routes.map(({ method, path }) => `${method} ${path.replace(/:(\w+)(?:\{.*\})?/, '{$1}')}`);
}

/** What the section "Limits" says, as `name` and the number behind it. */
function readLimits(text: string): Record<string, number> {
  const named = sectionOf(text, 'Limits').matchAll(/`(?<name>\w+)` (?<number>\d[\d,]*)/g);
  return Object.fromEntries(
    Array.from(named, ({ groups }) => [groups?.name, Number(groups?.number?.replaceAll(',', ''))]),
  );
}

function sectionOf(text: string, heading: string): string {
  return new RegExp(`^## ${heading}\\n(?<section>.*?)(?=^## |$(?![\\s\\S]))`, 'ms').exec(text)?.groups?.section ?? '';
}

/** Name and default of each row of the table below the heading "Settings". */
function readSettingsTable(text: string): string[][] {
  const rows = sectionOf(text, 'Settings')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '')),
    );
  const [header = [], , ...body] = rows;
  const nameColumn = header.findIndex((cell) => cell.toLowerCase() === 'setting');
  const defaultColumn = header.findIndex((cell) => cell.toLowerCase() === 'default');
  return body.map((cells) => [cells[nameColumn] ?? '', cells[defaultColumn] ?? '']);
}

function isKnownFlag(flag: string): boolean {
  const ownFlags = helpText().match(/--[a-z][a-z-]*/g) ?? [];
  const negatedSwitches = settingDefinitions.filter(({ type }) => type === 'switch').map(({ name }) => `--no-${name}`);
  const settingFlags = settingDefinitions.map(({ name }) => `--${name}`);
  return [...ownFlags, ...settingFlags, ...negatedSwitches].includes(flag);
}
