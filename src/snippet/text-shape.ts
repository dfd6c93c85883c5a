/**
 * Tells sentences from what is no text to read: headings that stand as paragraphs, credits, links to other articles.
 * By how a text is written, and by few words that such texts begin with. Knows nothing of queries.
 */
import type { Paragraph } from '../domain/article.ts';

/**
 * `sentence`: it holds one. `fragment`: a heading, a name, a line of a table, a caption. `aside`: a credit, a promotion or
 * links, which speak of something else than the article does.
 */
export type TextShape = 'sentence' | 'fragment' | 'aside';

/** Pure, and linear in the text. */
export function shapeOf({ kind, text }: Pick<Paragraph, 'kind' | 'text'>): TextShape {
  const trimmed = text.trim();
  if (isAside(trimmed) || (kind === 'text' && isListOfLinks(trimmed))) return 'aside';
  if (kind === 'caption' || kind === 'code') return 'fragment';
  return hasSentence(trimmed) ? 'sentence' : 'fragment';
}

/** Characters (UTF-16 units); what says more than this is read for itself, whatever it begins with. */
const longestAside = 240;

const pictures =
  'photo(?:s|graph|graphs|graphy)?|images?|pictures?|videos?|graphics?|illustrations?|screenshots?|credits?|captions?' +
  '|fotos?|fotografie|bild(?:er)?|abbildung|grafik|quelle|crédits?|foto(?:grafía|grafia)|im[aá]gen(?:es)?|immagin[ei]|фото|зображення';
const picture = `^[([{]?\\s*(?:(?:file|stock|cover|lead|header|press)\\s+)?(?:${pictures})(?:\\s+(?:credits?|source))?`;
const credit = new RegExp(`${picture}\\s*(?:[:：|/©]|[-–—]\\s|courtesy\\s)`, 'iu');
/** A name follows, as in "Photo by Ada Vale"; "photos by residents show" begins a sentence. */
const creditBy = new RegExp(`${picture}\\s+(?:by|via)\\s+`, 'iu');
const rights = /^(?:©|\(c\)\s|copyright\b|all rights reserved|creative commons\b|cc[- ]by\b)/iu;

const links = new RegExp(
  `^(?:${[
    'read (?:more|also|next|the full)|also read|see also|more (?:from|on|about)\\b[^.]*$|further reading|keep reading',
    'continue reading|related(?: (?:articles?|stories|story|news|content|coverage|links?|topics?|posts?))?\\s*(?:[:：]|$)',
    'external links?\\b|share (?:this|on)|follow (?:us|@|\\S+ \\S+ on)|subscribe\\b|sign up (?:for|to)|advertisement',
    'click here|listen to this|watch (?:more|now|this)\\b|most (?:read|popular)|don.t miss|you may also|recommended',
    'lesen sie auch|mehr zum thema|siehe auch|lire aussi|à lire|voir aussi|lea también|leer también|ver también',
    'leggi anche|leia também|читайте (?:также|також)|см\\. также|див\\. також',
  ].join('|')})(?![\\p{L}\\p{N}])`,
  'iu',
);

function isAside(text: string): boolean {
  if (text.length > longestAside) return false;
  const by = creditBy.exec(text);
  if (by !== null && /^\p{Lu}/u.test(text.slice(by[0].length))) return true;
  return credit.test(text) || rights.test(text) || links.test(text);
}

/** `Home | News | Sport`: bars and bullets between short pieces. */
function isListOfLinks(text: string): boolean {
  if (text.length > longestAside || !/[|·•›»→]/u.test(text)) return false;
  const pieces = text.split(/\s*[|·•›»→]\s*/u).filter((piece) => piece !== '');
  return pieces.length >= 3 && pieces.every((piece) => piece.length <= 40 && !endsSentence.test(piece));
}

/** Fewer words are a heading with a dot. */
const sentenceWords = 5;

/** What may stand behind the mark that ends a sentence: closing quotes and brackets, numbers of notes. */
const closing = '["\'”’»›)\\]」』]*(?:\\[[\\p{L}\\p{N}]{1,4}\\])*';
const sentenceEnds = new RegExp(`[。！？｡]${closing}|[.!?…؟।]${closing}(?=\\s|$)`, 'gu');
const endsSentence = new RegExp(`[.!?…。！？｡؟।]${closing}$`, 'u');

function hasSentence(text: string): boolean {
  let start = 0;
  for (const { index, 0: end } of text.matchAll(sentenceEnds)) {
    if (hasWords(text.slice(start, index))) return true;
    // An abbreviation or initial ends no sentence: what stands before it belongs to what follows.
    if (!isAbbreviation(text, index)) start = index + end.length;
  }
  return false;
}

function isAbbreviation(text: string, dot: number): boolean {
  return /(?:^|[^\p{L}])\p{L}{1,3}$/u.test(text.slice(Math.max(0, dot - 4), dot));
}

/** Scripts without spaces: two characters are about a word. */
function hasWords(text: string): boolean {
  let words = 0;
  for (const [run] of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    words += unspaced.test(run) ? run.length / 2 : 1;
    if (words >= sentenceWords) return true;
  }
  return false;
}

const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
