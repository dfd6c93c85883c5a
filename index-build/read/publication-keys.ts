/**
 * Keys by which sources say that an article is not public, not yet or no longer: those of Hugo, Jekyll, Pelican,
 * Docusaurus, Material for MkDocs, Starlight, Just the Docs, Obsidian, WordPress and Ghost. Part of reading stated data.
 */

/** A key without marks between its words and in lower case, the key as it is written, and its value. */
type KeyValue = readonly [plainKey: string, key: string, value: unknown];

type StatedPublication = ReadonlyMap<'heldBack' | 'publishDate' | 'expiryDate', unknown>;

const meantTrue = new Set('draft isdraft noindex unlisted private searchexclude excludefromsearch nosearch'.split(' '));
const meantFalse = new Set('published publish ispublished search searchable pagefind'.split(' '));
const hiddenStates = new Set('draft private hidden trash pending scheduled unpublished'.split(' '));
const otherKeys = 'status robots publishdate expirydate unpublishdate expires unpublishedat'.split(' ');
const keys: ReadonlySet<string> = new Set([...meantTrue, ...meantFalse, ...otherKeys]);

/** Whether a key without marks, in lower case, says anything of being public. */
export function isPublicationKey(plainKey: string): boolean {
  return keys.has(plainKey);
}

/** Reads what the keys say; of dates only what they state, not whether they are over. */
export function publicationOf(values: readonly KeyValue[]): StatedPublication {
  const stated = new Map<'heldBack' | 'publishDate' | 'expiryDate', unknown>();
  let date: unknown;
  for (const [plainKey, key, value] of values) {
    if (!stated.has('heldBack') && holdsBack(plainKey, value)) stated.set('heldBack', describe(key, value));
    if (plainKey === 'publishdate') stated.set('publishDate', value);
    if (plainKey === 'date') date = value;
    if (/^(?:expirydate|unpublishdate|expires|unpublishedat)$/.test(plainKey)) stated.set('expiryDate', value);
  }
  if (date !== undefined && !stated.has('publishDate')) stated.set('publishDate', date);
  return stated;
}

function holdsBack(key: string, value: unknown): boolean {
  if (key === 'search' && isTable(value)) return isTrue(entryOf(value, 'exclude'));
  const text = typeof value === 'string' ? value.trim().toLowerCase() : null;
  if (key === 'status') return text !== null && hiddenStates.has(text);
  if (key === 'robots') return text !== null && /\b(?:noindex|none)\b/.test(text);
  return (meantTrue.has(key) && isTrue(value)) || (meantFalse.has(key) && isFalse(value));
}

function isTrue(value: unknown): boolean {
  return value === true || (typeof value === 'string' && /^(?:true|yes|on)$/i.test(value.trim()));
}

function isFalse(value: unknown): boolean {
  return value === false || (typeof value === 'string' && /^(?:false|no|off)$/i.test(value.trim()));
}

function isTable(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function entryOf(table: object, key: string): unknown {
  return table instanceof Map ? table.get(key) : new Map<string, unknown>(Object.entries(table)).get(key);
}

function describe(key: string, value: unknown): string {
  return isTable(value) ? `${key}: exclude` : `${key}: ${String(value).trim().slice(0, 40)}`;
}
