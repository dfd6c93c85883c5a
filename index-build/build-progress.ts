/** What a build tells of itself while it runs. */

export interface BuildProgress {
  readonly phase: 'reading' | 'merging';
  readonly filesDone: number;
  readonly filesFound: number;
  /** Paragraphs of the articles that were read so far. */
  readonly paragraphs: number;
}
