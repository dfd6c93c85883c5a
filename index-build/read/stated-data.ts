/**
 * What a source states about its article, before anything is checked: front matter, meta tags and JSON keys all
 * become the same map. Part of step 2 of an article's journey.
 */
import { isPublicationKey, publicationOf } from './publication-keys.ts';

/**
 * The fields that a source may state. Beside those of an article: `description` and `aliases` are searched with its
 * text; `slug` and `permalink` say where its page is; `heldBack` is the reason why it is not public, such as
 * `draft: true`; `publishDate` and `expiryDate` say between which times it is; `unknownKeys` lists keys that mean nothing
 * to the program.
 */
export type DataField =
  | 'id'
  | 'title'
  | 'date'
  | 'authors'
  | 'source'
  | 'url'
  | 'tags'
  | 'language'
  | 'description'
  | 'aliases'
  | 'slug'
  | 'permalink'
  | 'heldBack'
  | 'publishDate'
  | 'expiryDate'
  | 'unknownKeys'
  | 'weight'
  | 'searchWeight';

/** A value of whatever type the source gave it, and its 1-based line where one is known. */
export interface Statement {
  readonly value: unknown;
  readonly line: number | null;
  /** What else the source says of the field, for where this value turns out to be of no use. */
  readonly otherwise?: Statement;
}

export type StatedData = ReadonlyMap<DataField, Statement>;

/**
 * The keys of each field as generators, scrapers and interfaces write them, the more telling ones first. They are
 * compared in lower case and without marks between their words: `date_publish` is `datepublish`.
 */
const fieldKeys: readonly (readonly [field: DataField, keys: string])[] = [
  ['id', 'id'],
  [
    'title',
    'title headline articletitle posttitle newstitle pagetitle subject heading ' +
      'titre título titulo titel titolo tytuł judul başlık заголовок название tiêuđề 标题 標題 タイトル 제목 عنوان العنوان',
  ],
  [
    'date',
    `date publishdate pubdate published publishedat publisheddate datepublished datepublish publicationdate publishedon
     publishedtime publishtime articlepublishedtime firstpublished firstpublishedat firstpublishedon
     firstpublicationdate webpublicationdate postdate posteddate dateposted postedat articledate newsdate issued
     releasedate isodate dategmt created createdat createdon createddate datecreated creationdate createdutc timestamp
     fecha datum дата tanggal tarih ngày ngàyđăng 日期 发布时间 日付 날짜 تاريخ التاريخ
     lastmod lastmodified lastmodifiedat modified modifiedat modifieddate datemodified datemodify updated updatedat
     updatedon updateddate dateupdated lastupdated lastupdatedat`,
  ],
  [
    'authors',
    'authors author byline by creator dccreator writers writer authorname authornames reporter journalist ' +
      'autor auteur autore автор penulis yazar tácgiả 作者 著者 기자 الكاتب',
  ],
  [
    'source',
    'source publisher outlet sourcename sitename site publication publicationname newspaper sourcehostname hostname sourcedomain',
  ],
  [
    'url',
    `url link canonical canonicalurl weburl articleurl sourceurl originalurl originallink pageurl newsurl posturl
     externalurl externallink permalink permalinkurl source guid uri`,
  ],
  ['tags', 'tags keywords categories category topics topic subjects tag labels hashtags'],
  ['language', 'language lang locale inlanguage languagecode'],
  [
    'description',
    `description summary excerpt abstract subtitle subheadline deck dek standfirst lead lede teaser metadescription`,
  ],
  ['aliases', 'aliases alias alternativetitle alternativetitles alttitle alternatetitle'],
  ['slug', 'slug'],
  ['permalink', 'permalink path url'],
  ['weight', 'weight'],
  ['searchWeight', 'searchweight'],
];

/** The fields of each key, with the key's rank among those of the field. */
const keyFields: ReadonlyMap<string, readonly { readonly field: DataField; readonly rank: number }[]> = (() => {
  const fields = new Map<string, { field: DataField; rank: number }[]>();
  for (const [field, keys] of fieldKeys) {
    for (const [rank, key] of keys.split(/\s+/).entries()) {
      fields.set(key, [...(fields.get(key) ?? []), { field, rank }]);
    }
  }
  return fields;
})();

/** Tables in which generators keep further keys: they count behind those at the top. */
const innerTables = new Set(['taxonomies', 'extra', 'params', 'metadata', 'meta']);

type Entry = readonly [key: string, statement: Statement];

/** Picks what the program knows from keys and values; empty values are left out, unknown keys are listed. */
export function pickStatedData(entries: Iterable<Entry>): StatedData {
  const all = [...entries];
  const inner = all.flatMap(innerEntries);
  const found = new Map<DataField, { readonly rank: number; readonly statement: Statement }[]>();
  const unknownKeys: string[] = [];
  for (const [place, [key, statement]] of [...all, ...inner].entries()) {
    if (isEmpty(statement.value)) continue;
    const fields = keyFields.get(plainKey(key)) ?? [];
    if (fields.length === 0 && place < all.length && !innerTables.has(plainKey(key))) unknownKeys.push(key);
    for (const { field, rank } of fields) {
      // Sources and guids are addresses now and then.
      if (field === 'url' && rank >= 3 && !/^https?:/i.test(String(statement.value))) continue;
      const statements = found.get(field);
      const ranked = { rank: place < all.length ? rank : rank + 1000, statement };
      if (statements === undefined) found.set(field, [ranked]);
      else statements.push(ranked);
    }
  }
  const data = new Map<DataField, Statement>();
  for (const [field, statements] of found) {
    const chain = chained(statements.sort((a, b) => a.rank - b.rank).map(({ statement }) => statement));
    if (chain !== undefined) data.set(field, chain);
  }
  const publication = publicationOf(all.map(([key, { value }]) => [plainKey(key), key, value]));
  for (const [field, value] of publication) data.set(field, { value, line: null });
  const strange = unknownKeys.filter((key) => !isPublicationKey(plainKey(key)));
  if (strange.length > 0) data.set('unknownKeys', { value: strange, line: null });
  return data;
}

/** The fields that a key may state. */
export function fieldsOfKey(key: string): readonly DataField[] {
  return (keyFields.get(plainKey(key)) ?? []).map(({ field }) => field);
}

/** Whether the program makes anything of a key. */
export function isKnownKey(key: string): boolean {
  return keyFields.has(plainKey(key)) || isPublicationKey(plainKey(key));
}

/** A key as it is compared: `Publish-Date` → `publishdate`. */
function plainKey(key: string): string {
  return key.toLowerCase().replace(/[\s_.:-]+/g, '');
}

function innerEntries([key, { value, line }]: Entry): Entry[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !innerTables.has(plainKey(key))) return [];
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return entries.map(([name, inner]) => [String(name), { value: inner, line }]);
}

function chained(statements: readonly Statement[]): Statement | undefined {
  let chain: Statement | undefined;
  for (const { value, line } of statements.toReversed()) {
    chain = chain === undefined ? { value, line } : { value, line, otherwise: chain };
  }
  return chain;
}

/** The first source's statements, with the second's for what the first leaves open or states in vain. */
export function mergeStatedData(first: StatedData, second: StatedData): StatedData {
  const data = new Map(second);
  for (const [field, statement] of first) {
    const other = second.get(field);
    data.set(field, other === undefined ? statement : chain(statement, other));
  }
  return data;
}

function chain(statement: Statement, last: Statement): Statement {
  const all = [...statementsOf(statement), ...statementsOf(last)];
  return chained(all) ?? last;
}

/** A statement and what the source says otherwise, in this order. */
export function* statementsOf(statement: Statement | undefined): Generator<Statement> {
  for (let next = statement; next !== undefined; next = next.otherwise) yield next;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'string' && value.trim() === '';
}
