/**
 * The settings of the program: one table, read from flags, environment, `lede.config.json` and defaults, in this
 * order, and checked once at the start. The help text and README's table come from or are tested against the table.
 * Knows nothing of what the settings are used for.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { LedeError } from './domain/error.ts';

const configFile = 'lede.config.json';
const environmentPrefix = 'LEDE_';

/** A setting as it was written down: flags and environment give text, the configuration file also JSON values. */
type RawValue = string | number | boolean;

export interface SettingDefinition<Value extends RawValue = RawValue, Default extends Value | null = Value | null> {
  /** As a flag without its dashes, and as a key of the configuration file. */
  readonly name: string;
  /** What it does, in one line, for the help text. */
  readonly meaning: string;
  readonly type: 'path' | 'text' | 'number' | 'switch' | 'choice' | 'url' | 'secret';
  /** What a number counts, or null. */
  readonly unit: string | null;
  /** The values it may have, in words that can follow "expected". */
  readonly range: string;
  /** Null where it is not set. */
  readonly default: Default;
  /** The checked value, or null where it is out of range. */
  readonly parse: (raw: RawValue) => Value | null;
}

const table = {
  corpus: define({
    name: 'corpus',
    meaning: 'folder with the articles',
    type: 'path',
    unit: null,
    range: 'a path',
    default: 'corpus',
    parse: parseText,
  }),
  pins: define({
    name: 'pins',
    meaning: 'file with the articles that come first for a query; a relative path starts beside the corpus folder',
    type: 'path',
    unit: null,
    range: 'a path outside the corpus folder',
    default: 'pins.txt',
    parse: parseText,
  }),
  recency: define({
    name: 'recency',
    meaning: 'share of its score that the newest article earns on top in the order by relevance; 0 for none',
    type: 'number',
    unit: null,
    range: 'a number from 0 to 1',
    default: 0,
    parse: parseShare,
  }),
  recencyDays: define({
    name: 'recency-days',
    meaning: 'age at which an article earns half of "recency", counted from the newest article',
    type: 'number',
    unit: 'days',
    range: 'a whole number from 1 to 36500',
    default: 365,
    parse: parseWholeNumber(1, 36_500),
  }),
  data: define({
    name: 'data',
    meaning: 'folder for the index; the program writes nowhere else',
    type: 'path',
    unit: null,
    range: 'a path',
    default: '.lede',
    parse: parseText,
  }),
  host: define({
    name: 'host',
    meaning: 'address to listen on; 0.0.0.0 or :: for all of the machine',
    type: 'text',
    unit: null,
    range: 'a host name or an IP address',
    default: '127.0.0.1',
    parse: parseHost,
  }),
  port: define({
    name: 'port',
    meaning: 'port to listen on; 0 takes any free one',
    type: 'number',
    unit: null,
    range: 'a whole number from 0 to 65535',
    default: 3000,
    parse: parseWholeNumber(0, 65_535),
  }),
  publicUrl: define({
    name: 'public-url',
    meaning: 'address under which visitors reach the service, for absolute links',
    type: 'url',
    unit: null,
    range: 'an http or https URL without user, query and fragment',
    default: null,
    parse: parsePublicUrl,
  }),
  watch: define({
    name: 'watch',
    meaning: 'whether the server follows changes of the corpus folder',
    type: 'switch',
    unit: null,
    range: 'on, off, true, false, 1 or 0',
    default: true,
    parse: parseSwitch,
  }),
  ignore: define({
    name: 'ignore',
    meaning: 'patterns of files and folders to leave out, as in .gitignore, with commas between them',
    type: 'text',
    unit: null,
    range: 'patterns as in .gitignore',
    default: null,
    parse: parseText,
  }),
  gitignore: define({
    name: 'gitignore',
    meaning: 'whether .gitignore files of the corpus count, beside .ledeignore files',
    type: 'switch',
    unit: null,
    range: 'on, off, true, false, 1 or 0',
    default: true,
    parse: parseSwitch,
  }),
  includeDrafts: define({
    name: 'include-drafts',
    meaning: 'whether articles are taken in that say they are drafts, not published, not for search or expired',
    type: 'switch',
    unit: null,
    range: 'on, off, true, false, 1 or 0',
    default: false,
    parse: parseSwitch,
  }),
  includeFuture: define({
    name: 'include-future',
    meaning: 'whether articles are taken in whose date is yet to come',
    type: 'switch',
    unit: null,
    range: 'on, off, true, false, 1 or 0',
    default: false,
    parse: parseSwitch,
  }),
  siteUrl: define({
    name: 'site-url',
    meaning: 'address of the site that the files are the source of, for links to the published pages',
    type: 'url',
    unit: null,
    range: 'an http or https URL without user, query and fragment',
    default: null,
    parse: parsePublicUrl,
  }),
  sitePaths: define({
    name: 'site-paths',
    meaning: 'how a page is found there: folder, plain, html, keep, jekyll, or a pattern such as /:year/:title/',
    type: 'text',
    unit: null,
    range: '"folder", "plain", "html", "keep", "jekyll", or a pattern that begins with a slash',
    default: 'folder',
    parse: parseSitePaths,
  }),
  adminToken: define({
    name: 'admin-token',
    meaning: 'bearer token for the admin routes, which do not exist without one',
    type: 'secret',
    unit: null,
    range: 'at least 16 characters out of A-Z a-z 0-9 . _ ~ + / - with = only at the end',
    default: null,
    parse: parseToken,
  }),
  adminTokenFile: define({
    name: 'admin-token-file',
    meaning: 'file that holds the admin token, instead of "admin-token"',
    type: 'path',
    unit: null,
    range: 'a path',
    default: null,
    parse: parseText,
  }),
  engine: define({
    name: 'engine',
    meaning: 'what answers queries',
    type: 'choice',
    unit: null,
    range: '"embedded"',
    default: 'embedded',
    parse: parseOneOf('embedded', 'opensearch'),
  }),
  keepBuilds: define({
    name: 'keep-builds',
    meaning: 'how many published builds stay on disk, the newest included',
    type: 'number',
    unit: 'builds',
    range: 'a whole number from 1 to 50',
    default: 3,
    parse: parseWholeNumber(1, 50),
  }),
  searchWorkers: define({
    name: 'search-workers',
    meaning: 'threads that search at once; 0 for as many as there are cores',
    type: 'number',
    unit: 'threads',
    range: 'a whole number from 0 to 64',
    default: 0,
    parse: parseWholeNumber(0, 64),
  }),
  resultCache: define({
    name: 'result-cache',
    meaning: 'memory for answers that may be asked for again; 0 keeps none',
    type: 'number',
    unit: 'megabytes',
    range: 'a whole number from 0 to 4096',
    default: 32,
    parse: parseWholeNumber(0, 4096),
  }),
  logLevel: define({
    name: 'log-level',
    meaning: 'the least severe messages that are logged',
    type: 'choice',
    unit: null,
    range: '"silent", "error", "warn", "info" or "debug"',
    default: 'info',
    parse: parseOneOf('silent', 'error', 'warn', 'info', 'debug'),
  }),
};

/** All settings, in the order in which documents list them. */
export const settingDefinitions: readonly SettingDefinition[] = Object.values(table);

const settingNames = settingDefinitions.map((definition) => definition.name);

export interface Settings {
  /** Absolute path. */
  readonly corpus: string;
  /** Absolute path. */
  readonly pins: string;
  /** 0 to 1; 0 for none. */
  readonly recency: number;
  /** Days. */
  readonly recencyDays: number;
  /** Absolute path. */
  readonly data: string;
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Without a slash at the end, or null. */
  readonly publicUrl: string | null;
  readonly watch: boolean;
  /** Patterns in the form of `.gitignore`. */
  readonly ignore: readonly string[];
  readonly gitignore: boolean;
  readonly includeDrafts: boolean;
  readonly includeFuture: boolean;
  /** Without a slash at the end, or null. */
  readonly siteUrl: string | null;
  /** The name of a preset, or a pattern. */
  readonly sitePaths: string;
  /** From `admin-token` or the file that `admin-token-file` names, or null: then there are no admin routes. */
  readonly adminToken: string | null;
  readonly engine: 'embedded';
  readonly keepBuilds: number;
  /** 0 for as many as there are cores. */
  readonly searchWorkers: number;
  /** Megabytes. */
  readonly resultCache: number;
  /** The least severe that is logged. */
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  /** What to tell at the start without stopping: environment variables that look like settings but are none. */
  readonly warnings: readonly string[];
}

export interface SettingSources {
  /** By setting name without dashes in front. Switches may be booleans. */
  readonly flags: Readonly<Record<string, string | boolean>>;
  /** Only names that begin with `LEDE_` are looked at; an empty one counts as not set. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The working folder: it may hold `lede.config.json`, and relative paths start from it. */
  readonly folder: string;
}

/**
 * Reads and checks all settings. Throws `LedeError` `invalid`, with the setting, where it came from, its value and
 * what was expected; `unsupported` for an engine that this version lacks.
 */
export function readSettings(sources: SettingSources): Settings {
  const found: Found = new Map();
  collectConfiguration(found, sources.folder);
  const warnings = collectEnvironment(found, sources.environment);
  collectFlags(found, sources.flags);
  const corpus = path.resolve(sources.folder, read(table.corpus, found));
  const data = path.resolve(sources.folder, read(table.data, found));
  const pins = path.resolve(path.dirname(corpus), read(table.pins, found));
  checkApart(corpus, data, 'the data folder');
  checkApart(corpus, pins, 'the file of pinned articles');

  return {
    corpus,
    pins,
    recency: read(table.recency, found),
    recencyDays: read(table.recencyDays, found),
    data,
    host: read(table.host, found),
    port: read(table.port, found),
    publicUrl: read(table.publicUrl, found),
    watch: read(table.watch, found),
    ignore: splitPatterns(read(table.ignore, found) ?? ''),
    gitignore: read(table.gitignore, found),
    includeDrafts: read(table.includeDrafts, found),
    includeFuture: read(table.includeFuture, found),
    siteUrl: read(table.siteUrl, found),
    sitePaths: read(table.sitePaths, found),
    adminToken: readAdminToken(found, sources.folder),
    engine: readEngine(found),
    keepBuilds: read(table.keepBuilds, found),
    searchWorkers: read(table.searchWorkers, found),
    resultCache: read(table.resultCache, found),
    logLevel: read(table.logLevel, found),
    warnings,
  };
}

/**
 * A build that found its own output among the articles would never come to an end, and pins are no article. What is hidden
 * is not indexed.
 */
function checkApart(corpus: string, apart: string, what: string): void {
  const inside = path.relative(corpus, apart);
  const isOutside = inside === '..' || inside.startsWith(`..${path.sep}`) || path.isAbsolute(inside);
  if (isOutside || inside.split(path.sep).some((name) => name.startsWith('.'))) return;
  throw new LedeError(
    'invalid',
    `${what} "${apart}" lies among the articles of "${corpus}": expected one outside, or with a name that begins with a dot`,
  );
}

/** The variable that sets `name`, such as `LEDE_PUBLIC_URL`. */
export function environmentVariable(name: string): string {
  return environmentPrefix + name.toUpperCase().replaceAll('-', '_');
}

/** A default as the help text and README print it. */
export function printDefault(definition: SettingDefinition): string {
  switch (definition.default) {
    case null:
      return 'none';
    case true:
      return 'on';
    case false:
      return 'off';
    default:
      return String(definition.default);
  }
}

/** The known name that is closest to a misspelt one, or null where none is near. */
export function nearestName(name: string, known: readonly string[]): string | null {
  const wanted = plain(name).slice(0, 64);
  const candidates = known.map((candidate) => ({ candidate, edits: countEdits(wanted, plain(candidate)) }));
  const nearest = candidates.toSorted((a, b) => a.edits - b.edits)[0];
  return nearest !== undefined && nearest.edits <= Math.min(3, wanted.length / 2) ? nearest.candidate : null;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** What was set, by the setting's name; a later source replaces an earlier one. */
type Found = Map<string, { readonly raw: RawValue; readonly origin: string }>;

function collectConfiguration(found: Found, folder: string): void {
  for (const [key, raw] of Object.entries(readConfigurationFile(path.join(folder, configFile)))) {
    const definition = findDefinition(key);
    if (definition === undefined) {
      throw new LedeError(
        'invalid',
        `unknown setting "${key}" in ${configFile}${hint(nearestName(key, settingNames))}`,
      );
    }
    if (typeof raw !== 'string' && typeof raw !== 'number' && typeof raw !== 'boolean') {
      throw invalid(definition, configFile, raw);
    }
    found.set(key, { raw, origin: configFile });
  }
}

function readConfigurationFile(file: string): object {
  const content = readOptionalFile(file);
  if (content === null) {
    return {};
  }
  const json = parseJson(content, file);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new LedeError('invalid', `"${file}" holds no JSON object: write settings as {"port": 3000}`);
  }
  return json;
}

function readOptionalFile(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') {
      return null;
    }
    throw new LedeError('invalid', `"${file}" cannot be read: ${messageOf(cause)}`, { cause });
  }
}

function parseJson(content: string, file: string): unknown {
  try {
    return JSON.parse(content);
  } catch (cause) {
    throw new LedeError('invalid', `"${file}" is not JSON: ${messageOf(cause)}`, { cause });
  }
}

function collectEnvironment(found: Found, environment: SettingSources['environment']): string[] {
  const byVariable = new Map(settingNames.map((name) => [environmentVariable(name), name]));
  const warnings: string[] = [];
  for (const [variable, raw] of Object.entries(environment)) {
    if (!variable.startsWith(environmentPrefix) || raw === undefined || raw === '') {
      continue;
    }
    const name = byVariable.get(variable);
    if (name === undefined) {
      const nearest = nearestName(variable, [...byVariable.keys()]);
      warnings.push(`environment variable "${variable}" sets nothing${hint(nearest)}`);
    } else {
      found.set(name, { raw, origin: variable });
    }
  }
  return warnings;
}

function collectFlags(found: Found, flags: SettingSources['flags']): void {
  for (const [name, raw] of Object.entries(flags)) {
    if (findDefinition(name) === undefined) {
      throw new LedeError('invalid', `unknown flag "--${name}"${hint(nearestName(name, settingNames))}`);
    }
    found.set(name, { raw, origin: `--${name}` });
  }
}

function readAdminToken(found: Found, folder: string): string | null {
  const direct = found.get(table.adminToken.name);
  const file = found.get(table.adminTokenFile.name);
  if (direct !== undefined && file !== undefined) {
    throw new LedeError(
      'invalid',
      `"admin-token" (${direct.origin}) and "admin-token-file" (${file.origin}) are both set: remove one of them`,
    );
  }
  const tokenFile = read(table.adminTokenFile, found);
  return tokenFile === null ? read(table.adminToken, found) : readTokenFile(path.resolve(folder, tokenFile));
}

function readTokenFile(file: string): string {
  const content = readOptionalFile(file);
  if (content === null) {
    throw new LedeError('invalid', `the file "${file}" of "admin-token-file" does not exist`);
  }
  const token = parseToken(content.trim());
  if (token === null) {
    throw invalid(table.adminToken, file, content.trim());
  }
  return token;
}

function readEngine(found: Found): 'embedded' {
  const engine = read(table.engine, found);
  if (engine !== 'embedded') {
    const origin = found.get(table.engine.name)?.origin;
    throw new LedeError(
      'unsupported',
      `"engine" (${origin}) is "${engine}", not available in this version: use "embedded"`,
    );
  }
  return engine;
}

function read<Value extends RawValue, Default extends Value | null>(
  definition: SettingDefinition<Value, Default>,
  found: Found,
): Value | Default {
  const set = found.get(definition.name);
  if (set === undefined) {
    return definition.default;
  }
  const value = definition.parse(set.raw);
  if (value === null) {
    throw invalid(definition, set.origin, set.raw);
  }
  return value;
}

function invalid(definition: SettingDefinition, origin: string, raw: unknown): LedeError {
  const text = typeof raw === 'string' ? `"${raw}"` : JSON.stringify(raw);
  // A message may end in a log, where a secret must not.
  const shown = definition.type === 'secret' ? `a secret of ${String(raw).length} characters` : text;
  return new LedeError('invalid', `"${definition.name}" (${origin}) is ${shown}, expected ${definition.range}`);
}

function hint(nearest: string | null): string {
  return nearest === null ? '' : `, did you mean "${nearest}"?`;
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function findDefinition(name: string): SettingDefinition | undefined {
  return settingDefinitions.find((definition) => definition.name === name);
}

function define<Value extends RawValue, const Default extends Value | null>(
  definition: SettingDefinition<Value, Default>,
): SettingDefinition<Value, Default> {
  return definition;
}

function parseText(raw: RawValue): string | null {
  return typeof raw === 'string' && raw.trim() !== '' && !raw.includes('\0') ? raw : null;
}

function parseHost(raw: RawValue): string | null {
  return typeof raw === 'string' && /^[\p{L}\p{N}.:%_-]+$/u.test(raw) ? raw : null;
}

function parseWholeNumber(minimum: number, maximum: number): (raw: RawValue) => number | null {
  return (raw) => {
    const isNumeral = typeof raw === 'number' || (typeof raw === 'string' && /^\d{1,9}$/.test(raw));
    const value = isNumeral ? Number(raw) : Number.NaN;
    return Number.isInteger(value) && value >= minimum && value <= maximum ? value : null;
  };
}

function parseShare(raw: RawValue): number | null {
  const isNumeral = typeof raw === 'number' || (typeof raw === 'string' && /^\d*\.?\d+$/.test(raw));
  const value = isNumeral ? Number(raw) : Number.NaN;
  return value >= 0 && value <= 1 ? value : null;
}

function parsePublicUrl(raw: RawValue): string | null {
  if (typeof raw !== 'string' || !URL.canParse(raw)) {
    return null;
  }
  const url = new URL(raw);
  const isPlain = url.search === '' && url.hash === '' && url.username === '' && url.password === '';
  return isPlain && ['http:', 'https:'].includes(url.protocol) ? url.href.replace(/\/+$/, '') : null;
}

function parseSitePaths(raw: RawValue): string | null {
  const text = parseText(raw);
  return text !== null && /^(?:folder|plain|html|keep|jekyll|\/\S*)$/.test(text) ? text : null;
}

function splitPatterns(text: string): readonly string[] {
  return text
    .split(/[,\n]/)
    .map((pattern) => pattern.trim())
    .filter((pattern) => pattern !== '');
}

function parseSwitch(raw: RawValue): boolean | null {
  const text = String(raw).toLowerCase();
  if (['on', 'true', '1'].includes(text)) {
    return true;
  }
  return ['off', 'false', '0'].includes(text) ? false : null;
}

/** What an Authorization header can carry as a bearer token (RFC 6750, b64token). */
function parseToken(raw: RawValue): string | null {
  return typeof raw === 'string' && raw.length >= 16 && /^[A-Za-z0-9._~+/-]+=*$/.test(raw) ? raw : null;
}

function parseOneOf<const Choice extends string>(...choices: readonly Choice[]): (raw: RawValue) => Choice | null {
  return (raw) => choices.find((choice) => choice === raw) ?? null;
}

/** Levenshtein distance; both texts are short. */
function countEdits(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
