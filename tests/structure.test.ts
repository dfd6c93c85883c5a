/**
 * The house rules that a compiler does not see: which room may import which, no circles, names of files and folders,
 * and what stands at the top level. The rules are the tables at the top; ARCHITECTURE.md explains them.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');

interface Room {
  /** A folder, with a slash at the end, or a file. The longest that fits a file is its room. */
  readonly room: string;
  /** The rooms and files it may import beside itself; `*` for all. */
  readonly mayImport: readonly string[];
  /** The packages it may import, where that is limited. `node:` stands for all of Node's own. */
  readonly packages?: readonly string[];
}

const rooms: readonly Room[] = [
  { room: 'src/domain/', mayImport: [], packages: [] },
  { room: 'src/analysis/', mayImport: ['src/domain/'] },
  { room: 'src/query/', mayImport: ['src/domain/', 'src/analysis/', 'src/engine/engine.ts'], packages: [] },
  { room: 'src/snippet/', mayImport: ['src/domain/', 'src/analysis/', 'src/engine/engine.ts'], packages: [] },
  { room: 'src/snapshot/', mayImport: ['src/domain/'], packages: ['node:'] },
  { room: 'src/engine/engine.ts', mayImport: ['src/domain/'], packages: [] },
  {
    room: 'src/engine/embedded/',
    mayImport: ['src/domain/', 'src/snapshot/', 'src/engine/engine.ts'],
    packages: ['node:'],
  },
  { room: 'src/searchable.ts', mayImport: ['src/domain/', 'src/engine/engine.ts'], packages: [] },
  {
    room: 'src/search.ts',
    mayImport: [
      'src/domain/',
      'src/analysis/',
      'src/query/',
      'src/snippet/',
      'src/engine/engine.ts',
      'src/searchable.ts',
    ],
    packages: [],
  },
  {
    room: 'src/http/',
    mayImport: ['src/domain/', 'src/search.ts', 'src/searchable.ts', 'src/engine/engine.ts', 'views/'],
  },
  {
    room: 'src/open-searchable.ts',
    mayImport: ['src/domain/', 'src/analysis/', 'src/snapshot/', 'src/engine/', 'src/searchable.ts'],
  },
  {
    room: 'src/evaluation/',
    mayImport: ['src/domain/', 'src/analysis/', 'src/query/', 'src/engine/engine.ts'],
    packages: ['node:'],
  },
  { room: 'src/settings.ts', mayImport: ['src/domain/'], packages: ['node:'] },
  {
    room: 'src/command-definitions.ts',
    mayImport: ['src/domain/', 'src/evaluation/ranking-settings.ts'],
    packages: [],
  },
  {
    room: 'src/command-options.ts',
    mayImport: [
      'src/domain/',
      'src/command-definitions.ts',
      'src/evaluation/half.ts',
      'src/evaluation/ranking-settings.ts',
    ],
    packages: [],
  },
  { room: 'src/command-help.ts', mayImport: ['src/command-definitions.ts', 'src/settings.ts'], packages: [] },
  {
    room: 'src/command-line.ts',
    mayImport: ['src/domain/', 'src/settings.ts', 'src/command-definitions.ts', 'src/command-options.ts'],
    packages: ['node:'],
  },
  {
    room: 'index-build/',
    mayImport: [
      'src/domain/',
      'src/analysis/',
      'src/snapshot/',
      // How a segment is laid out, defined once for writing and reading; not what executes queries on it.
      'src/engine/embedded/open-snapshot.ts',
      'src/engine/embedded/segment.ts',
      'src/engine/embedded/segment-format.ts',
      'src/engine/embedded/postings.ts',
      'src/engine/embedded/recurring-marks.ts',
      'src/engine/embedded/saturation-bounds.ts',
      'src/engine/embedded/string-table.ts',
      'src/engine/embedded/text-file.ts',
    ],
  },
  { room: 'views/', mayImport: ['src/domain/'], packages: ['hono'] },
  // What puts the program together knows everything.
  { room: 'src/main.ts', mayImport: ['*'] },
  { room: 'src/serve.ts', mayImport: ['*'] },
  {
    room: 'src/service/',
    mayImport: [
      'src/domain/',
      'src/snapshot/',
      'src/query/canonical-query.ts',
      'src/query/pins.ts',
      'src/engine/engine.ts',
      'src/search.ts',
      'src/open-searchable.ts',
      'src/searchable.ts',
    ],
  },
  { room: 'src/version.ts', mayImport: [], packages: ['node:'] },
  { room: 'src/commands/', mayImport: ['*'] },
];

/** Packages that belong into one room only. */
const packageRooms: Readonly<Record<string, string>> = {
  minisearch: 'index-build/',
  '@hono/zod-openapi': 'src/http/',
};

const importedByNobody = ['src/main.ts', 'corpus/', 'tests/'];

const folderNamesThatSayNothing = ['utils', 'util', 'helpers', 'common', 'core', 'types', 'misc', 'shared', 'lib'];

const topLevel = [
  'package.json',
  'tsconfig.json',
  'src',
  'index-build',
  'views',
  'corpus',
  'tests',
  'README.md',
  'ARCHITECTURE.md',
  'CHANGELOG.md',
  'LICENSE',
  'package-lock.json',
  'tsconfig.build.json',
  'biome.json',
  'knip.json',
  'vitest.config.ts',
  '.gitignore',
  '.npmrc',
  '.node-version',
  '.ci',
  '.git',
];

interface Import {
  readonly from: string;
  /** A path inside the repository, or a package as it is written. */
  readonly to: string;
  readonly isPackage: boolean;
}

const sources = ['src', 'index-build', 'views'].flatMap(listFiles).filter((file) => /\.tsx?$/.test(file));
const imports = sources.flatMap(readImports);

describe('the rooms', () => {
  it('hold every source file', () => {
    const homeless = sources.filter((file) => roomOf(file) === undefined);
    expect(homeless, 'give these files a room in the table at the top of this test').toEqual([]);
  });

  it.each(rooms)('$room imports only what it may', ({ room, mayImport }) => {
    const forbidden = importsOf(room).filter(
      ({ to, isPackage }) => !isPackage && !mayImport.includes('*') && ![room, ...mayImport].some(isWithin(to)),
    );
    expect(forbidden.map(print)).toEqual([]);
  });

  it.each(rooms.filter(({ packages }) => packages !== undefined))(
    '$room imports no package but $packages',
    ({ room, packages = [] }) => {
      const allowed = packages.map((name) => (name === 'node:' ? name : `${name}/`));
      const forbidden = importsOf(room).filter(({ to, isPackage }) => isPackage && !allowed.some(isWithin(`${to}/`)));
      expect(forbidden.map(print)).toEqual([]);
    },
  );

  it.each(Object.entries(packageRooms))('the package %s is imported in %s only', (name, room) => {
    const elsewhere = imports.filter(({ from, to }) => isWithin(`${to}/`)(`${name}/`) && !from.startsWith(room));
    expect(elsewhere.map(print)).toEqual([]);
  });

  it.each(importedByNobody)('%s is imported by nobody', (target) => {
    const intruders = imports.filter(({ to, isPackage }) => !isPackage && isWithin(to)(target));
    expect(intruders.map(print)).toEqual([]);
  });
});

describe('the files', () => {
  it('do not import each other in a circle', () => {
    expect(findCircles()).toEqual([]);
  });

  it('import only files that exist', () => {
    const missing = imports.filter(({ to, isPackage }) => !isPackage && !exists(to));
    expect(missing.map(print)).toEqual([]);
  });

  it('have names in lower case with hyphens', () => {
    const named = ['src', 'index-build', 'views', 'tests'].flatMap(listFiles).filter((file) => !isFixture(file));
    const wrong = named.filter((file) =>
      file.split('/').some((part) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/.test(part)),
    );
    expect(wrong).toEqual([]);
  });

  it('lie in folders whose names say what is inside', () => {
    const vague = ['src', 'index-build', 'views', 'tests']
      .flatMap(listFiles)
      .filter((file) => !isFixture(file))
      .filter((file) =>
        path
          .dirname(file)
          .split('/')
          .some((part) => folderNamesThatSayNothing.includes(part)),
      );
    expect(vague).toEqual([]);
  });
});

describe('the top level', () => {
  it('holds what the house plan names and nothing else', () => {
    const ignored = readFileSync(path.join(root, '.gitignore'), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => new RegExp(`^${line.replace(/\/$/, '').replaceAll('.', '\\.').replaceAll('*', '.*')}$`));
    const surplus = readdirSync(root).filter(
      (name) => !topLevel.includes(name) && !ignored.some((pattern) => pattern.test(name)),
    );
    expect(surplus).toEqual([]);
  });
});

describe('the reading of imports', () => {
  it.each([
    [`import { a } from './a.ts';`, ['./a.ts']],
    [`import type { A } from '../a.ts';`, ['../a.ts']],
    [`import {\n  a,\n  b,\n} from "./a.ts";`, ['./a.ts']],
    [`import './a.ts';`, ['./a.ts']],
    [`export * from './a.ts';`, ['./a.ts']],
    [`export { a } from './a.ts';`, ['./a.ts']],
    [`const a = await import('./a.ts');`, ['./a.ts']],
    [`new Worker(new URL('./a.ts', import.meta.url));`, ['./a.ts']],
    [`import.meta.resolve('htmx.org');`, ['htmx.org']],
    [`import a from 'a';\nimport b from 'b';`, ['a', 'b']],
    [`const text = "told from 'a'";`, []],
    [` * import { a } from './a.ts';`, []],
  ])('finds in %j: %j', (source, expected) => {
    expect(parseImports(source)).toEqual(expected);
  });
});

function importsOf(room: string): readonly Import[] {
  return imports.filter(({ from }) => roomOf(from)?.room === room);
}

function roomOf(file: string): Room | undefined {
  return rooms.filter(({ room }) => isWithin(file)(room)).toSorted((a, b) => b.room.length - a.room.length)[0];
}

/** Whether `file` is the given file or lies in the given folder. */
function isWithin(file: string): (place: string) => boolean {
  return (place) => file === place || (/[/:]$/.test(place) && file.startsWith(place));
}

function isFixture(file: string): boolean {
  return file.startsWith('tests/fixtures/');
}

/** A worker may be named as the compiled file that it becomes. */
function exists(file: string): boolean {
  return [file, file.replace(/\.js$/, '.ts')].some((candidate) => existsSync(path.join(root, candidate)));
}

function print({ from, to }: Import): string {
  return `${from} imports ${to}`;
}

function readImports(from: string): Import[] {
  const folder = path.posix.dirname(from);
  return parseImports(readFileSync(path.join(root, from), 'utf8')).map((written) =>
    written.startsWith('.')
      ? { from, to: path.posix.join(folder, written), isPackage: false }
      : { from, to: written, isPackage: true },
  );
}

function parseImports(source: string): string[] {
  const statement = /^(?:import|export)\b(?:[^'";]*?\bfrom)?\s*(['"])(?<path>[^'"\n]+)\1/gm;
  const expression = /\b(?:import|import\.meta\.resolve)\(\s*(['"])(?<path>[^'"\n]+)\1/g;
  const moduleUrl = /\bnew URL\(\s*(['"])(?<path>\.[^'"\n]+\.[jt]sx?)\1,\s*import\.meta\.url/g;
  return [statement, expression, moduleUrl].flatMap((pattern) =>
    [...source.matchAll(pattern)].flatMap((match) => match.groups?.path ?? []),
  );
}

/** Each circle once, as the path that closes it. */
function findCircles(): string[] {
  const isDone = new Set<string>();
  const circles: string[] = [];
  for (const file of sources) {
    follow(file, []);
  }
  return circles;

  function follow(file: string, trail: readonly string[]): void {
    if (trail.includes(file)) {
      circles.push([...trail.slice(trail.indexOf(file)), file].join(' → '));
      return;
    }
    if (isDone.has(file)) {
      return;
    }
    for (const { to, isPackage } of imports.filter(({ from }) => from === file)) {
      if (!isPackage) {
        follow(to, [...trail, file]);
      }
    }
    isDone.add(file);
  }
}

/** The files below a top-level folder, as paths from the root with forward slashes. */
function listFiles(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
}
