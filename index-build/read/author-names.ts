/**
 * Bylines → the names of people. Sources write one author or several, as one text or many, with roles, addresses and
 * quotation marks around them; an address of a page or a mailbox is never a name. Part of step 2 of an article's journey.
 */

/**
 * The names in a byline: `A and B`, `A & B`, `A; B`, `A, B and C`. Commas alone separate full names only
 * (`Anna Lind, Per Olsson`): they stand inside names as well (`Perlis, A. J.`).
 */
export function splitAuthors(text: string): readonly string[] {
  const listed = readWrittenList(text);
  if (listed !== null) return listed.flatMap(splitAuthors);
  const byline = text.trim().replace(/^by[\s:]+/i, '');
  const separated = byline.split(/\s*[;\n|、،]\s*/);
  const names = separated.length > 1 ? separated.flatMap(splitCommas) : splitJoined(byline);
  return names.map(readName).filter((name) => name !== '');
}

/** `['A B', "C D"]` or `["A B"]`, as lists become text in tables; null for other texts. */
function readWrittenList(text: string): readonly string[] | null {
  const list = /^\s*\[([\s\S]*)\]\s*$/.exec(text)?.[1];
  if (list === undefined) return null;
  return [...list.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1] ?? match[2] ?? '');
}

function splitJoined(byline: string): readonly string[] {
  const joined = byline.split(/\s+(?:and|und|et|y|e|och|en|та|і|й|и|và)\s+|\s*&\s*/);
  return joined.length > 1 ? joined.flatMap((part) => part.split(/\s*,\s*/)).filter(isNoRole) : splitCommas(byline);
}

function splitCommas(text: string): readonly string[] {
  const parts = text.split(/\s*,\s*/).filter((part) => part !== '');
  if (parts.length < 2) return [text];
  const people = parts.filter(isNoRole);
  return people.length === 1 || people.every(isFullName) ? people : [text];
}

/** What stands beside a name, not for one. */
const role =
  /^(?:(?:senior|chief|deputy|associate|managing|contributing|special|political|foreign|sports?|science|health|business)\s+)*(?:staff(?:\s+(?:writer|reporter|correspondent))?|writer|reporter|correspondent|editor|columnist|contributor|photographer|journalist|author|ph\.?d\.?|m\.?d\.?|jr\.?|sr\.?)(?:\s+(?:at|for|of|in)\s.*)?$/i;

/** Whether a text is a person's work, such as `Staff Writer`. */
export function isRole(text: string): boolean {
  return role.test(text.trim());
}

function isNoRole(text: string): boolean {
  return !isRole(text);
}

/** Two words or more, each with a capital or a particle, one of them longer than an initial; no abbreviation of a house. */
function isFullName(text: string): boolean {
  const words = text.split(/\s+/);
  const isCapital = words.every((word) =>
    /^(?:\p{Lu}|\p{Lo}|(?:van|von|de|der|den|del|della|di|da|dos|du|la|le|el|al|bin|ibn)$)/u.test(word),
  );
  const whole = words.filter((word) => /^\p{L}[\p{L}\p{M}’'-]+\.?$/u.test(word));
  const isHouse =
    /^(?:The|BBC|CNN|AP|AFP|NPR|DPA|TASS)$/.test(words[0] ?? '') ||
    /^(?:News|Press|Times|Post)$/.test(words.at(-1) ?? '');
  return words.length >= 2 && words.length <= 5 && isCapital && whole.length >= 1 && !isHouse;
}

/** The name without what surrounds it; empty where there is none. */
function readName(text: string): string {
  const name = text
    .replace(/<[^<>\s]+@[^<>\s]+>/g, '')
    .replace(/^\S+@\S+\s*\(([^()]+)\)$/, '$1')
    .replace(/^(?:by|von|par|por)\s+(?=\p{Lu})/iu, '')
    .trim();
  return isNameless(name) ? '' : name;
}

/** Addresses, mailboxes and the words by which tables say that there is nothing. */
function isNameless(name: string): boolean {
  return (
    /^(?:https?:)?\/\/|^www\.|^[\w.-]+\.(?:com|org|net|html?)(?:\/|$)/i.test(name) ||
    /^\S+@\S+\.\S+$/.test(name) ||
    /^(?:nan|none|null|n\/a|unknown|undefined|-)$/i.test(name)
  );
}

/** Keys under which objects hold a person's name, or the text that is meant, the more telling ones first. */
const nameKeys = [
  'name',
  'display_name',
  'displayName',
  'full_name',
  'fullName',
  'rendered',
  'original',
  'title',
  'text',
  'value',
  '_',
  '#text',
  '$t',
  '$oid',
  'label',
  'username',
];
const nameParts = [
  ['firstName', 'lastName'],
  ['first_name', 'last_name'],
  ['given', 'family'],
  ['givenName', 'familyName'],
  ['firstname', 'lastname'],
  ['first', 'last'],
] as const;

/** The name that an object holds, such as `{name: …}`, `{given: …, family: …}` or `{rendered: …}`; null where none is. */
export function nameOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const entries = new Map<unknown, unknown>(value instanceof Map ? value : Object.entries(value));
  for (const key of nameKeys) {
    const name = entries.get(key);
    if (typeof name === 'string' && name.trim() !== '') return name;
  }
  for (const keys of nameParts) {
    const parts = keys.map((key) => entries.get(key)).filter((part) => typeof part === 'string' && part.trim() !== '');
    if (parts.length > 0) return parts.join(' ');
  }
  return null;
}
