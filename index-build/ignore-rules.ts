/**
 * Which paths of the corpus are left out, and by what: patterns of the setting `ignore`, of `.ledeignore` and
 * `.gitignore` files in its folders, and names that are never articles. Part of finding files.
 *
 * The first that says anything decides: the setting, then `.ledeignore` from the path's own folder upwards, then
 * `.gitignore` in the same order, then the names. So `!LICENSE` in a `.ledeignore` takes a licence in.
 */
import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import createIgnore, { type Ignore } from 'ignore';

export interface IgnoreOptions {
  /** In the form of `.gitignore`, relative to the corpus folder. */
  readonly patterns: readonly string[];
  /** Whether `.gitignore` files count. */
  readonly usesGitignore: boolean;
}

/** What holds where nothing is set. */
export const defaultIgnoreOptions: IgnoreOptions = { patterns: [], usesGitignore: true };

/** A file or folder that was left out, with the rule that did it. */
export interface IgnoredPath {
  readonly path: string;
  /** The pattern and where it stands, such as `*.draft.md in news/.gitignore`. */
  readonly rule: string;
}

/** Names of the files that hold patterns. */
export const ignoreFiles: readonly string[] = ['.ledeignore', '.gitignore'];

/** Bytes of a file with patterns; a larger one is none. */
const ignoreFileBytes = 1024 * 1024;

interface PatternList {
  readonly matcher: Ignore;
  /** Folder that the patterns are relative to; empty for the corpus. */
  readonly folder: string;
  /** Where they are written. */
  readonly origin: string;
}

export class IgnoreRules {
  readonly #root: string;
  readonly #set: readonly PatternList[];
  readonly #names: readonly string[];
  /** By the path of the file. */
  readonly #lists = new Map<string, PatternList | null>();

  constructor(root: string, { patterns, usesGitignore }: IgnoreOptions) {
    this.#root = root;
    const matcher = createIgnore({ ignorecase: false, allowRelativePaths: true }).add([...patterns]);
    this.#set = patterns.length === 0 ? [] : [{ matcher, folder: '', origin: 'the setting "ignore"' }];
    this.#names = usesGitignore ? ignoreFiles : ignoreFiles.slice(0, 1);
  }

  /** The rule that leaves a path out, or null. That the folders above it are not left out is known. */
  ruleFor(path: string, isFolder: boolean): string | null {
    for (const list of this.#listsFor(path)) {
      const verdict = judge(list, path, isFolder);
      if (verdict !== null) return verdict.isIgnored ? `${verdict.pattern} in ${list.origin}` : null;
    }
    if (isFolder && isThere(join(this.#root, path, '.git'))) return 'a repository of its own';
    return neverArticles(path, isFolder);
  }

  *#listsFor(path: string): Generator<PatternList> {
    yield* this.#set;
    for (const name of this.#names) {
      for (let end = path.lastIndexOf('/'); ; end = path.lastIndexOf('/', end - 1)) {
        const list = this.#read(path.slice(0, Math.max(0, end)), name);
        if (list !== null) yield list;
        if (end <= 0) break;
      }
    }
  }

  #read(folder: string, name: string): PatternList | null {
    const path = folder === '' ? name : `${folder}/${name}`;
    const known = this.#lists.get(path);
    if (known !== undefined) return known;
    const text = readPatterns(join(this.#root, path));
    const list =
      text === null ? null : { matcher: createIgnore({ ignorecase: false }).add(text), folder, origin: path };
    this.#lists.set(path, list);
    return list;
  }
}

interface Verdict {
  readonly isIgnored: boolean;
  readonly pattern: string;
}

/** What a list says of the path itself; what it says of the folders above was decided when these were come to. */
function judge({ matcher, folder }: PatternList, path: string, isFolder: boolean): Verdict | null {
  const inside = folder === '' ? path : path.slice(folder.length + 1);
  const { ignored, unignored, rule } = matcher.test(isFolder ? `${inside}/` : inside);
  if (unignored) return { isIgnored: false, pattern: '' };
  if (!ignored) return null;
  const parent = inside.slice(0, inside.lastIndexOf('/') + 1);
  return parent !== '' && matcher.test(parent).ignored ? null : { isIgnored: true, pattern: rule?.pattern ?? '' };
}

function readPatterns(path: string): string | null {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (!stats?.isFile() || stats.size > ignoreFileBytes) return null;
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    // Gone or out of reach, which is the same to whoever walks past.
    return null;
  }
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Files that programs and lawyers read, by their names. */
const fileNames: readonly (readonly [rule: string, name: RegExp])[] = [
  ['robots.txt and its like', /^(?:robots|humans|ads|app-ads|security|llms|llms-full)\.txt$/i],
  ['requirements.txt and its like', /^(?:(?:dev-)?requirements(?:[-_.][\w-]+)?|constraints|CMakeLists)\.txt$/i],
  ['licences', /^(?:(?:UN)?LICEN[CS]ES?|COPYING|NOTICE)(?:[-_.][\w.-]+)?$/],
  [
    'settings of programs',
    /^(?:package|package-lock|composer|tsconfig(?:\.[\w-]+)?|jsconfig|bower|lerna|renovate|vercel|netlify|now|firebase|manifest|asset-manifest|angular|nx|turbo|deno|biome|book|sidebars?|search-?index|cspell)\.json$/i,
  ],
];

/** Folders of programs. */
const folderNames = /^(?:node_modules|bower_components|__pycache__|venv|_layouts|_includes|_sass)$/;

function neverArticles(path: string, isFolder: boolean): string | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (isFolder) return folderNames.test(name) ? `folders named ${name}` : null;
  return fileNames.find(([, form]) => form.test(name))?.[0] ?? null;
}
