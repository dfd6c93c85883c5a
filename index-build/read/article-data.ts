/**
 * Makes an article of what a reader found: checks and normalizes every value that the source states, falls back to
 * what can be guessed, and reports what was not as expected. The end of step 2 of an article's journey.
 */
import type { Block, GuessedField, SourceArticle } from '../../src/domain/article.ts';
import type { ArticleId } from '../../src/domain/ids.ts';
import { limits } from '../../src/domain/limits.ts';
import { mostStated, weightRange } from '../../src/domain/owner-choices.ts';
import type { FileProblem } from '../../src/domain/problem.ts';
import { cleanAttribute, cutText } from './clean-text.ts';
import { parseDate } from './parse-date.ts';
import type { DataField, StatedData } from './stated-data.ts';

/** What a reader knows of an article. */
export interface Draft {
  readonly path: string;
  /** 1-based line where the article begins, for files of many. */
  readonly line: number | null;
  /** The id where the source states none. */
  readonly fallbackId: string;
  readonly stated: StatedData;
  /** What the text seems to say where nothing is stated. */
  readonly guessed: {
    readonly title?: string | null;
    readonly date?: string | null;
    readonly authors?: readonly string[];
  };
  readonly blocks: readonly Block[];
}

/** The article, and what is to be said about it: warnings only. */
export interface AssembledArticle {
  readonly article: SourceArticle;
  readonly problems: readonly FileProblem[];
}

/** Every draft gives an article: a value that makes no sense is left out and reported. */
export function assembleArticle(draft: Draft): AssembledArticle {
  const problems: FileProblem[] = [];
  const statements = new Statements(draft, problems);
  const guessedFields: GuessedField[] = [];
  const guess = <Value>(field: GuessedField, value: Value): Value => {
    guessedFields.push(field);
    return value;
  };

  const weight = statements.read('weight', toWeight);
  const searchWeight = statements.read('searchWeight', toSearchWeight);
  const title = statements.read('title', toTitle) ?? guess('title', guessTitle(draft));
  const article: SourceArticle = {
    id: (statements.read('id', toId) ?? draft.fallbackId) as ArticleId,
    path: draft.path,
    title,
    date: statements.read('date', toDate) ?? (draft.guessed.date ? guess('date', draft.guessed.date) : null),
    authors: statements.read('authors', toAuthors) ?? guessAuthors(draft, guess),
    source: statements.read('source', toName),
    url: statements.read('url', toUrl),
    tags: statements.read('tags', toTags) ?? [],
    language: statements.read('language', toLanguage),
    ...(weight === null ? {} : { weight }),
    ...(searchWeight === null ? {} : { searchWeight }),
    guessed: guessedFields,
    blocks: draft.blocks.length > 0 ? draft.blocks : [{ kind: 'text', heading: null, text: title }],
  };
  if (draft.blocks.length === 0) statements.warn(draft.line, 'no text: only its title can be found');
  return { article, problems };
}

/** What becomes of a stated value: the value, or null, with what is to be said about it. */
interface Checked<Value> {
  readonly value: Value | null;
  readonly complaint?: string;
}

type Check<Value> = (value: unknown) => Checked<Value>;

/** The draft's statements, read through checks that report. */
class Statements {
  readonly #draft: Draft;
  readonly #problems: FileProblem[];

  constructor(draft: Draft, problems: FileProblem[]) {
    this.#draft = draft;
    this.#problems = problems;
  }

  read<Value>(field: DataField, check: Check<Value>): Value | null {
    const statement = this.#draft.stated.get(field);
    if (statement === undefined) return null;
    const { value, complaint } = check(statement.value);
    if (complaint !== undefined) this.warn(statement.line ?? this.#draft.line, `${nameOfField(field)}: ${complaint}`);
    return value;
  }

  warn(line: number | null, reason: string): void {
    this.#problems.push({ path: this.#draft.path, line, severity: 'warning', reason });
  }
}

/** As sources write it. */
function nameOfField(field: DataField): string {
  return field === 'searchWeight' ? 'search_weight' : field;
}

/** Longest own id, in characters. */
const idLength = 200;

function toId(value: unknown): Checked<string> {
  const id = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : null;
  if (id === null) return unexpected(value, 'a text or a number; the path is used');
  if (id.length > idLength) return { value: null, complaint: `longer than ${idLength} characters; the path is used` };
  if (/[\p{Cc}\p{Surrogate}]/u.test(id))
    return { value: null, complaint: 'holds control characters; the path is used' };
  // No address can name them: browsers and servers take them for folders, however they are encoded.
  if (id === '.' || id === '..') return { value: null, complaint: `"${id}" has no address; the path is used` };
  return { value: id };
}

function toTitle(value: unknown): Checked<string> {
  const title = toName(value);
  return title.value === '' ? { value: null } : title;
}

/** One short text: a title, a name. */
function toName(value: unknown): Checked<string> {
  const text = asText(value) ?? asText(nameOf(value));
  if (text === null) return unexpected(value, 'a text');
  const name = cleanAttribute(text);
  if (name === '') return { value: null };
  if (name.length <= limits.attributeLength) return { value: name };
  const complaint = `cut off after ${limits.attributeLength} characters`;
  return { value: cutText(name, limits.attributeLength).trimEnd(), complaint };
}

function toDate(value: unknown): Checked<string> {
  const text = value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : asText(value);
  const date = text === null ? null : parseDate(text.trim());
  return date === null ? unexpected(value, 'a day as YYYY-MM-DD') : { value: date };
}

function toUrl(value: unknown): Checked<string> {
  const text = asText(value)?.trim() ?? '';
  const url = URL.canParse(text) ? new URL(text) : null;
  const isUsable = url !== null && (url.protocol === 'http:' || url.protocol === 'https:');
  if (!isUsable || url.href.length > urlLength) return unexpected(value, 'an address that begins with http: or https:');
  return { value: url.href };
}

/** Longest address that is kept, in characters. */
const urlLength = 2000;

function toLanguage(value: unknown): Checked<string> {
  const language = languageCode(asText(value)?.trim() ?? '');
  return language === null ? unexpected(value, 'a language code such as "en"') : { value: language };
}

/** In the range, or a whole number above it, which does not count but tells that the numbers are an order of menus. */
function toWeight(value: unknown): Checked<number> {
  const checked = toSearchWeight(value);
  const number = toNumber(value);
  const isAbove = Number.isInteger(number) && number > weightRange.most;
  return isAbove ? { ...checked, value: Math.min(number, mostStated / 100) } : checked;
}

function toSearchWeight(value: unknown): Checked<number> {
  const number = toNumber(value);
  const { least, most } = weightRange;
  if (number >= least && number <= most) return { value: Math.round(number * 100) / 100 };
  return unexpected(value, `a number from ${least} to ${most}; it counts as 1`);
}

function toNumber(value: unknown): number {
  const isNumeral = typeof value === 'string' && /^\s*(?:\d+\.?\d*|\.\d+)\s*$/.test(value);
  return typeof value === 'number' || isNumeral ? Number(value) : Number.NaN;
}

/** The ISO 639-1 code of a language tag: `en` for `en-US`, `en_GB` or `eng`; null where it is none. */
function languageCode(tag: string): string | null {
  const known = languageCodes.get(tag);
  if (known !== undefined) return known;
  const code = findLanguageCode(tag);
  if (languageCodes.size < 1000) languageCodes.set(tag, code);
  return code;
}

/** Intl takes a good part of a millisecond, and a corpus names few languages. */
const languageCodes = new Map<string, string | null>();

const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

function findLanguageCode(tag: string): string | null {
  try {
    const { language } = new Intl.Locale(tag.replaceAll('_', '-'));
    return language.length === 2 && languageNames.of(language) !== undefined ? language : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function toTags(value: unknown): Checked<readonly string[]> {
  const parts = Array.isArray(value) ? value : (asText(value)?.split(/[,;\n]/) ?? null);
  return parts === null ? unexpected(value, 'a list of texts') : toNames(parts);
}

function toAuthors(value: unknown): Checked<readonly string[]> {
  if (Array.isArray(value)) return toNames(value);
  const text = asText(value) ?? asText(nameOf(value));
  return text === null ? unexpected(value, 'a list of names') : toNames(splitAuthors(text));
}

/**
 * `A and B`, `A & B`, `A; B` → the names. Commas separate only beside such a word (`A, B and C`): alone they stand
 * inside names as well (`Perlis, A. J.`).
 */
export function splitAuthors(text: string): readonly string[] {
  const byline = text.trim().replace(/^by[\s:]+/i, '');
  const separated = byline.split(/\s*[;\n|]\s*/);
  if (separated.length > 1) return separated.filter((name) => name !== '');
  const joined = byline.split(/\s+(?:and|und|et|y|e|och|en|та|і|й|и)\s+|\s*&\s*/);
  const names = joined.length > 1 ? joined.flatMap((part) => part.split(',')) : joined;
  return names.map((name) => name.trim()).filter((name) => name !== '');
}

/** Each value once, cleaned and cut; what is no text is left out, and said. */
function toNames(values: readonly unknown[]): Checked<readonly string[]> {
  const checked = values.slice(0, limits.attributeValues).map(toName);
  const names = checked.map((name) => name.value).filter((name) => name !== null);
  const isTooMany = values.length > limits.attributeValues;
  const complaint = isTooMany
    ? `${values.length} values, of which the first ${limits.attributeValues} are kept`
    : checked.find((name) => name.complaint !== undefined)?.complaint;
  const value = [...new Set(names)];
  return complaint === undefined ? { value } : { value, complaint };
}

function asText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : null;
}

/** The name in `{name: …}`, as some sites write their authors. */
function nameOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'name') && 'name' in value
    ? value.name
    : null;
}

function unexpected<Value>(value: unknown, expected: string): Checked<Value> {
  return { value: null, complaint: `found ${describeValue(value)}, expected ${expected}` };
}

function describeValue(value: unknown): string {
  if (typeof value === 'string') return `"${cutText(cleanAttribute(value), 60)}"`;
  if (typeof value !== 'object' || value === null) return String(value);
  return Array.isArray(value) ? 'a list' : 'an object';
}

function guessTitle({ guessed, blocks, path }: Draft): string {
  const title = guessed.title ? cleanAttribute(guessed.title) : '';
  return cutText(title, limits.attributeLength).trimEnd() || readableName(path) || firstWords(blocks[0]?.text ?? path);
}

function guessAuthors(
  { guessed }: Draft,
  guess: (field: GuessedField, value: readonly string[]) => readonly string[],
): readonly string[] {
  const { value: names } = toNames(guessed.authors ?? []);
  return names !== null && names.length > 0 ? guess('authors', names) : [];
}

/** `news/izium-retaken.md` → `Izium retaken`; a page named like its folder's index takes the folder's name. */
function readableName(path: string): string {
  const names = path.split('/').map((name) => name.replace(/(?<=.)\.[^.]*$/, ''));
  const last = names.at(-1) ?? '';
  const name = /^(?:index|readme)$/i.test(last) ? (names.at(-2) ?? last) : last;
  const words = cleanAttribute(name.replace(/[-_+]+/g, ' '));
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The beginning of a text as a title, about 80 characters, cut between words. */
export function firstWords(text: string): string {
  const line = cleanAttribute(text.slice(0, 1000));
  if (line.length <= titleLength) return line;
  const start = cutText(line, titleLength);
  const end = start.lastIndexOf(' ');
  return `${end > titleLength / 2 ? start.slice(0, end) : start}…`;
}

const titleLength = 80;
