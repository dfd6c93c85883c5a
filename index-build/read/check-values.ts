/**
 * Checks of the values that sources state: each makes a value of the article's type, or says what was wrong with it.
 * Part of step 2 of an article's journey; knows no article.
 */
import { limits } from '../../src/domain/limits.ts';
import { mostStated, weightRange } from '../../src/domain/owner-choices.ts';
import { nameOf, splitAuthors } from './author-names.ts';
import { cleanAttribute, cutText } from './clean-text.ts';
import { type DateOrder, isTwoEdged, parseDate } from './parse-date.ts';

/** What becomes of a stated value: the value, or null, with what is to be said about it. */
export interface Checked<Value> {
  readonly value: Value | null;
  readonly complaint?: string;
}

export type Check<Value> = (value: unknown) => Checked<Value>;

/** Longest own id, in characters. */
const idLength = 200;

export function toId(value: unknown): Checked<string> {
  const id = asText(value)?.trim() ?? asText(nameOf(value));
  if (id === null) return unexpected(value, 'a text or a number; the path is used');
  if (id.length > idLength) return { value: null, complaint: `longer than ${idLength} characters; the path is used` };
  if (/[\p{Cc}\p{Surrogate}]/u.test(id))
    return { value: null, complaint: 'holds control characters; the path is used' };
  // No address can name them: browsers and servers take them for folders, however they are encoded.
  if (id === '.' || id === '..') return { value: null, complaint: `"${id}" has no address; the path is used` };
  return { value: id };
}

export function toTitle(value: unknown): Checked<string> {
  // Databases make a list of every field.
  const title = toName(Array.isArray(value) && value.length === 1 ? value[0] : value);
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

/** Who published it. An address names its site where nothing else does. */
export function toSource(value: unknown): Checked<string> {
  const text = (asText(value) ?? asText(nameOf(value)))?.trim();
  if (text === undefined || !/^https?:\/\//i.test(text)) return toName(value);
  return { value: URL.canParse(text) ? new URL(text).hostname.replace(/^www\./, '') : null };
}

/** A longer text that is searched with the article's. */
export function toDescription(value: unknown): Checked<string> {
  const text = typeof value === 'string' ? value : asText(nameOf(value));
  return { value: text === null || text.trim() === '' ? null : text };
}

/** Further titles. What Hugo calls aliases are addresses, which nobody reads. */
export function toAliases(value: unknown): Checked<readonly string[]> {
  const { value: names } = toNames(Array.isArray(value) ? value : [value]);
  return { value: names?.filter((name) => !/^\S*\/\S*$/.test(name)) ?? [] };
}

/** A check for dates; `order` says how to read those that may mean two days. */
export function toDate(order: DateOrder | null): Check<string> {
  return (value) => {
    // Jekyll's `published: true` is no date, and no mistake.
    if (typeof value === 'boolean' || value === 'true' || value === 'false') return { value: null };
    const text = value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : asDateText(value);
    const date = text === null ? null : parseDate(text, order);
    if (date !== null) return { value: date };
    if (text === null || !isTwoEdged(text)) return unexpected(value, 'a day as YYYY-MM-DD');
    return { value: null, complaint: `${describeValue(value)} may mean two days: write YYYY-MM-DD` };
  };
}

/** Also what databases make of dates: `{"$date": …}`, and objects that hold their text. */
function asDateText(value: unknown): string | null {
  const text = asText(value) ?? asText(nameOf(value));
  if (text !== null || typeof value !== 'object' || value === null) return text?.trim() ?? null;
  const inner = new Map<string, unknown>(Object.entries(value)).get('$date');
  return inner === undefined ? null : asText(inner);
}

export function toUrl(value: unknown): Checked<string> {
  const text = asText(value)?.trim() ?? '';
  // An address inside the site; what it is on the web, the setting `site-url` says.
  if (/^\/(?!\/)/.test(text) || text === 'false') return { value: null };
  if (typeof value === 'object') return { value: null };
  const url = URL.canParse(text) ? new URL(text) : null;
  const isUsable = url !== null && (url.protocol === 'http:' || url.protocol === 'https:');
  if (!isUsable || url.href.length > urlLength) return unexpected(value, 'an address that begins with http: or https:');
  return { value: url.href };
}

/** Longest address that is kept, in characters. */
const urlLength = 2000;

export function toLanguage(value: unknown): Checked<string> {
  const language = languageCode(asText(value)?.trim() ?? '');
  return language === null ? unexpected(value, 'a language code such as "en"') : { value: language };
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

export function toTags(value: unknown): Checked<readonly string[]> {
  const parts = Array.isArray(value)
    ? value
    : (asText(value)
        ?.replace(/^\[|\]$/g, '')
        .split(/[,;\n]/) ?? null);
  if (parts === null) return unexpected(value, 'a list of texts');
  // Numbers of a database, not names.
  if (parts.length > 0 && parts.every((part) => typeof part === 'number')) return { value: null };
  return toNames(parts.map((part) => (typeof part === 'string' ? part.trim().replace(/^(['"])(.*)\1$/, '$2') : part)));
}

/** Names of people. Numbers are those of a database, and addresses are no names: then nothing is stated. */
export function toAuthors(value: unknown): Checked<readonly string[]> {
  const values = Array.isArray(value) ? value : [value];
  const texts = values.map((each) => (typeof each === 'string' ? each : asText(nameOf(each))));
  if (values.every((each) => typeof each === 'number')) return { value: null };
  if (!Array.isArray(value) && texts[0] === null) return unexpected(value, 'a list of names');
  const names = texts.flatMap((text) => (text === null ? [] : splitAuthors(text)));
  const strange = values.find((each, index) => texts[index] === null && typeof each !== 'number');
  const checked = toNames(names);
  if (strange === undefined || checked.complaint !== undefined) return names.length === 0 ? { value: null } : checked;
  return { ...checked, complaint: `found ${describeValue(strange)}, expected a name` };
}

/** Each value once, cleaned and cut; what is no text is left out, and said. */
export function toNames(values: readonly unknown[]): Checked<readonly string[]> {
  const checked = values.slice(0, limits.attributeValues).map(toName);
  const names = checked.map((name) => name.value).filter((name) => name !== null);
  const isTooMany = values.length > limits.attributeValues;
  const complaint = isTooMany
    ? `${values.length} values, of which the first ${limits.attributeValues} are kept`
    : checked.find((name) => name.complaint !== undefined)?.complaint;
  const value = [...new Set(names)];
  return complaint === undefined ? { value } : { value, complaint };
}

/** A text, or a number as one; null for everything else. */
export function asText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : null;
}

/** In the range, or a whole number above it, which does not count but tells that the numbers are an order of menus. */
export function toWeight(value: unknown): Checked<number> {
  const checked = toSearchWeight(value);
  const number = toNumber(value);
  const isAbove = Number.isInteger(number) && number > weightRange.most;
  return isAbove ? { ...checked, value: Math.min(number, mostStated / 100) } : checked;
}

export function toSearchWeight(value: unknown): Checked<number> {
  const number = toNumber(value);
  const { least, most } = weightRange;
  if (number >= least && number <= most) return { value: Math.round(number * 100) / 100 };
  return unexpected(value, `a number from ${least} to ${most}; it counts as 1`);
}

function toNumber(value: unknown): number {
  const isNumeral = typeof value === 'string' && /^\s*(?:\d+\.?\d*|\.\d+)\s*$/.test(value);
  return typeof value === 'number' || isNumeral ? Number(value) : Number.NaN;
}

function unexpected<Value>(value: unknown, expected: string): Checked<Value> {
  return { value: null, complaint: `found ${describeValue(value)}, expected ${expected}` };
}

function describeValue(value: unknown): string {
  if (typeof value === 'string') return `"${cutText(cleanAttribute(value), 60)}"`;
  if (typeof value !== 'object' || value === null) return String(value);
  return Array.isArray(value) ? 'a list' : 'an object';
}
