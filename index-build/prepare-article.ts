/**
 * An article as a reader hands it over → as it is indexed and stored: its language known where possible, its blocks
 * split into paragraphs, each with its id. Step 3 of an article's journey.
 */
import type { ArticleData, Block, Paragraph, SourceArticle } from '../src/domain/article.ts';
import { detectLanguage } from './detect-language.ts';
import { paragraphIds } from './paragraph-ids.ts';
import { splitParagraphs } from './split-paragraphs.ts';

export interface PreparedArticle {
  readonly data: ArticleData;
  /** In reading order, at least one. */
  readonly paragraphs: readonly Paragraph[];
}

/** Pure and deterministic: the same article gives the same ids, in every build. */
export function prepareArticle(source: SourceArticle): PreparedArticle {
  const { blocks, publication: _decided, ...data } = source;
  const pieces = splitParagraphs(blocks);
  const ids = paragraphIds(
    data.id,
    pieces.map((piece) => piece.text),
  );
  const paragraphs = pieces.flatMap(({ kind, heading, text }, index) => {
    const id = ids[index];
    return id === undefined ? [] : [{ id, kind, heading, text }];
  });
  return { data: withLanguage(data, blocks), paragraphs };
}

function withLanguage(data: ArticleData, blocks: readonly Block[]): ArticleData {
  if (data.language !== null) return data;
  const language = detectLanguage(languageSample(data.title, blocks));
  return language === null ? data : { ...data, language, guessed: [...data.guessed, 'language'] };
}

/** Characters of an article that are looked at for its language. */
const sampleLength = 1500;

/** Running text first: code and table rows say little about the language around them. */
function languageSample(title: string, blocks: readonly Block[]): string {
  let sample = title;
  for (const { kind, text } of blocks) {
    if (kind === 'code' || kind === 'row') continue;
    sample += `\n${text.slice(0, sampleLength)}`;
    if (sample.length >= sampleLength) break;
  }
  return sample.slice(0, sampleLength);
}
