/**
 * Gathers an article's blocks in reading order, each under its heading. Markdown and HTML readers share it; it knows
 * neither. Texts are cleaned here, so that no reader can forget to.
 */
import type { Block, ParagraphKind } from '../../src/domain/article.ts';
import { limits } from '../../src/domain/limits.ts';
import { cleanAttribute, cleanCode, cleanText } from './clean-text.ts';
import { isOnlyMacros } from './template-tags.ts';

export class BlockCollector {
  readonly blocks: Block[] = [];
  readonly #statedTitle: string | null;
  #mainHeading: string | null = null;
  #openingHeading: string | null = null;
  #heading: string | null = null;
  #isHeadingUsed = true;

  /** `statedTitle`: the title that metadata gives, which a main heading often repeats. */
  constructor(statedTitle: string | null) {
    this.#statedTitle = statedTitle === null ? null : comparable(statedTitle);
  }

  /** Adds a block, unless nothing readable is in it. Says whether it did. */
  add(kind: ParagraphKind, rawText: string): boolean {
    if (this.isFull) return false;
    const text = kind === 'code' ? cleanCode(rawText) : cleanText(rawText);
    if (text === '' || (kind === 'text' && isOnlyMacros(text))) return false;
    this.blocks.push({ kind, heading: this.#heading, text });
    this.#isHeadingUsed = true;
    return true;
  }

  /** Whether it holds as many blocks as one article may have; it takes no more. */
  get isFull(): boolean {
    return this.blocks.length >= limits.blocksPerArticle;
  }

  /** Begins a section. `level` 1–6. The first heading of level 1 is the article's title, not a section's. */
  addHeading(level: number, rawText: string): void {
    const text = cleanText(rawText);
    if (text === '') return;
    this.#keepUnusedHeading();
    if (this.#heading === null && this.blocks.length === 0) this.#openingHeading ??= text;
    this.#heading = this.#isTitle(level, text) ? null : text;
    this.#isHeadingUsed = this.#heading === null;
  }

  /** The text of the first heading of level 1. Null where there is none, or where it repeats the stated title. */
  get mainHeading(): string | null {
    return this.#mainHeading;
  }

  /** The heading that stands before everything else, of whatever level, or null. */
  get openingHeading(): string | null {
    return this.#openingHeading;
  }

  /** The blocks, once everything was added. */
  finish(): readonly Block[] {
    this.#keepUnusedHeading();
    this.#heading = null;
    return this.blocks;
  }

  #isTitle(level: number, text: string): boolean {
    if (this.#statedTitle !== null) {
      return (level === 1 || this.blocks.length === 0) && comparable(text) === this.#statedTitle;
    }
    if (level !== 1 || this.#mainHeading !== null) return false;
    this.#mainHeading = text;
    return true;
  }

  /** A heading is found through the blocks under it; one without any is a block itself, or its words would be lost. */
  #keepUnusedHeading(): void {
    if (this.#isHeadingUsed || this.#heading === null || this.isFull) return;
    this.blocks.push({ kind: 'text', heading: null, text: this.#heading });
    this.#isHeadingUsed = true;
  }
}

/** A title as headings are compared with it: by letters and digits, if it has any. */
function comparable(title: string): string {
  const text = cleanAttribute(title).toLowerCase();
  return text.replace(/[^\p{L}\p{N}]+/gu, '') || text;
}
