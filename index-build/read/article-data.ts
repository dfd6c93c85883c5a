/**
 * Makes an article of what a reader found: checks and normalizes every value that the source states, falls back to
 * what can be guessed, and reports what was not as expected. The end of step 2 of an article's journey.
 */
import type { Block, GuessedField, Publication, SourceArticle } from '../../src/domain/article.ts';
import type { ArticleId } from '../../src/domain/ids.ts';
import { limits } from '../../src/domain/limits.ts';
import type { FileProblem } from '../../src/domain/problem.ts';
import {
  asText,
  type Check,
  toAliases,
  toAuthors,
  toDate,
  toDescription,
  toId,
  toLanguage,
  toNames,
  toSearchWeight,
  toSource,
  toTags,
  toTitle,
  toUrl,
  toWeight,
} from './check-values.ts';
import { cleanAttribute, cleanText, cutText } from './clean-text.ts';
import { type DateOrder, findDateInPath, parseMoment, withoutDateInFront } from './parse-date.ts';
import { type DataField, type StatedData, statementsOf } from './stated-data.ts';

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
  /** How the source writes days in numbers, where its other dates tell. */
  readonly dateOrder?: DateOrder | null;
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
  const publication = readPublication(draft);
  const url = statements.read('url', toUrl);
  const guessedDate =
    draft.guessed.date ??
    [draft.path, publication?.permalink ?? '', url ?? ''].map(findDateInPath).find((day) => day !== null);
  const blocks = withDescription(draft.blocks, {
    title,
    description: statements.read('description', toDescription),
    aliases: statements.read('aliases', toAliases) ?? [],
  });
  const article: SourceArticle = {
    id: (statements.read('id', toId) ?? draft.fallbackId) as ArticleId,
    path: draft.path,
    title,
    date: statements.read('date', toDate(draft.dateOrder ?? null)) ?? (guessedDate ? guess('date', guessedDate) : null),
    authors: statements.read('authors', toAuthors) ?? guessAuthors(draft, guess),
    source: statements.read('source', toSource),
    url,
    tags: statements.read('tags', toTags) ?? [],
    language: statements.read('language', toLanguage),
    ...(weight === null ? {} : { weight }),
    ...(searchWeight === null ? {} : { searchWeight }),
    guessed: guessedFields,
    blocks: blocks.length > 0 ? blocks : [{ kind: 'text', heading: null, text: title }],
    ...(publication === null ? {} : { publication }),
  };
  if (blocks.length === 0) statements.warn(draft.line, 'no text: only its title can be found');
  return { article, problems };
}

/** The draft's statements, read through checks that report. */
class Statements {
  readonly #draft: Draft;
  readonly #problems: FileProblem[];

  constructor(draft: Draft, problems: FileProblem[]) {
    this.#draft = draft;
    this.#problems = problems;
  }

  /** The first value of a field that makes sense. Where none does, what is wrong with the first of them is told. */
  read<Value>(field: DataField, check: Check<Value>): Value | null {
    let failed: { readonly line: number | null; readonly complaint: string } | null = null;
    for (const statement of statementsOf(this.#draft.stated.get(field))) {
      const { value, complaint } = check(statement.value);
      if (value !== null && complaint !== undefined)
        this.warn(statement.line ?? this.#draft.line, `${nameOfField(field)}: ${complaint}`);
      if (value !== null) return value;
      if (complaint !== undefined) failed ??= { line: statement.line, complaint };
    }
    if (failed !== null) this.warn(failed.line ?? this.#draft.line, `${nameOfField(field)}: ${failed.complaint}`);
    return null;
  }

  warn(line: number | null, reason: string): void {
    this.#problems.push({ path: this.#draft.path, line, severity: 'warning', reason });
  }
}

/** As sources write it. */
function nameOfField(field: DataField): string {
  return field === 'searchWeight' ? 'search_weight' : field;
}

/** Reads when and where the source wants its article to be public; null where it says nothing of it. */
function readPublication({ stated, path }: Draft): Publication | null {
  const text = (field: DataField) => asText(stated.get(field)?.value)?.trim() ?? null;
  const moment = (field: DataField) => {
    const value = text(field);
    return value === null ? null : parseMoment(value);
  };
  const isDraft = /(?:^|\/)_drafts\//.test(path);
  const unknownKeys = [...statementsOf(stated.get('unknownKeys'))].flatMap(({ value }) => value as string[]);
  const permalink = [...statementsOf(stated.get('permalink'))].map(({ value }) => asText(value)?.trim() ?? '');
  const publication: Publication = {
    heldBack: text('heldBack') ?? (isDraft ? 'folder _drafts' : null),
    fromMs: moment('publishDate'),
    untilMs: moment('expiryDate'),
    permalink: permalink.find((address) => /^\/(?!\/)/.test(address)) ?? pathIn(permalink),
    slug: text('slug'),
    unknownKeys,
  };
  const { unknownKeys: keys, ...values } = publication;
  return keys.length === 0 && Object.values(values).every((value) => value === null) ? null : publication;
}

/** Zola's `path = "2019/07/04/x"`, which begins without a slash. */
function pathIn(addresses: readonly string[]): string | null {
  const path = addresses.find((address) => /^[\w.-]+(?:\/[\w.-]+)+\/?$/.test(address));
  return path === undefined ? null : `/${path}`;
}

interface SearchedBeside {
  readonly title: string;
  readonly description: string | null;
  readonly aliases: readonly string[];
}

/** The description in front, unless the text begins with it, and further titles behind. */
function withDescription(blocks: readonly Block[], { title, description, aliases }: SearchedBeside): readonly Block[] {
  const text = description === null ? '' : cleanText(description);
  const isNew =
    text !== '' && plain(text) !== plain(title) && !blocks.slice(0, 5).some((block) => beginsAlike(block.text, text));
  const others = aliases.filter((alias) => plain(alias) !== plain(title));
  return [
    ...(isNew ? [{ kind: 'text' as const, heading: null, text }] : []),
    ...blocks,
    ...(others.length > 0 ? [{ kind: 'caption' as const, heading: null, text: others.join(' · ') }] : []),
  ];
}

/** Whether one text is the beginning of the other, or both begin with the same words: generators cut descriptions. */
function beginsAlike(text: string, description: string): boolean {
  const one = plain(text.slice(0, 2000));
  const other = plain(description.replace(/(?:…|\.{3}|\[[^\]]*\])\s*$/, '').slice(0, 2000));
  const length = Math.min(one.length, other.length, 60);
  return length > 0 && one.slice(0, length) === other.slice(0, length);
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
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

/**
 * `news/izium-retaken.md` → `Izium retaken`; a page named like its folder's index takes the folder's name, and a date in
 * front is none of the title.
 */
export function readableName(path: string): string {
  const names = path.split('/').map((name) => name.replace(/(?<=.)\.[^.]*$/, ''));
  const last = names.at(-1) ?? '';
  const name = /^(?:_?index|readme)$/i.test(last) ? (names.at(-2) ?? last) : last;
  const undated = withoutDateInFront(name).replace(/^[-_. ]+/, '');
  const words = cleanAttribute((undated === '' ? name : undated).replace(/[-_+]+/g, ' '));
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
