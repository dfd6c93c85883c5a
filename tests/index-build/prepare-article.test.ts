/** From a reader's article to what is indexed: language, paragraphs, ids. */
import { describe, expect, it } from 'vitest';
import { prepareArticle } from '../../index-build/prepare-article.ts';
import type { Block, SourceArticle } from '../../src/domain/article.ts';
import type { ArticleId } from '../../src/domain/ids.ts';
import { limits } from '../../src/domain/limits.ts';

const english = 'The town was quiet for a week, and nobody in the shops wanted to speak about what they had seen.';

function article(blocks: readonly Block[], language: string | null = null): SourceArticle {
  const data = { title: 'A quiet town', date: null, authors: [], source: null, url: null, tags: [], guessed: [] };
  return { id: 'a.md' as ArticleId, path: 'a.md', ...data, language, blocks };
}

const text = (value: string): Block => ({ kind: 'text', heading: null, text: value });

describe('prepareArticle', () => {
  it('keeps a stated language', () => {
    const { data } = prepareArticle(article([text(english)], 'de'));
    expect(data).toMatchObject({ language: 'de', guessed: [] });
  });

  it('detects a language that is not stated, and says so', () => {
    expect(prepareArticle(article([text(english)])).data).toMatchObject({ language: 'en', guessed: ['language'] });
  });

  it('does not take code for a language', () => {
    const code: Block = { kind: 'code', heading: null, text: 'die und der das ist nicht ein eine '.repeat(30) };
    expect(prepareArticle(article([code, text(english)])).data.language).toBe('en');
  });

  it('leaves the language open where the text says too little', () => {
    expect(prepareArticle(article([text('Hm.')])).data).toMatchObject({ language: null, guessed: [] });
  });

  it('gives every paragraph an id, split ones as well, and holds no blocks in the data', () => {
    const long = text('A sentence of some length stands here. '.repeat(limits.paragraphLength / 20));
    const { data, paragraphs } = prepareArticle(article([text('One.'), { ...long, heading: 'Long' }, text('One.')]));
    expect(paragraphs.length).toBeGreaterThan(3);
    expect(new Set(paragraphs.map(({ id }) => id)).size).toBe(paragraphs.length);
    expect(paragraphs[1]).toMatchObject({ kind: 'text', heading: 'Long' });
    expect(paragraphs.at(-1)?.id).toBe(`${paragraphs[0]?.id}-2`);
    expect(data).not.toHaveProperty('blocks');
  });
});
