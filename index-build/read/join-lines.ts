/**
 * The lines of a wrapped paragraph → its text. Lines are joined by a space, but for scripts that have none, and a word
 * that is divided at a line end becomes one again. Part of reading plain text; knows no other file.
 */

/** Scripts whose lines are joined without a space. */
const unspaced =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\\u3000-\\u303F\\uFF00-\\uFF65';
const endsUnspaced = new RegExp(`[${unspaced}]$`, 'u');
const beginsUnspaced = new RegExp(`^[${unspaced}]`, 'u');

/** What joins lines in one text: it knows which divided words are written in one elsewhere in that text. */
export class LineJoiner {
  readonly #text: string;
  #written: ReadonlySet<string> | null = null;

  /** `text` is the whole, where words that are divided in one line may stand undivided in others. */
  constructor(text: string) {
    this.#text = text;
  }

  join(lines: readonly string[]): string {
    const parts: string[] = [];
    for (const line of lines) this.#append(parts, line.trim());
    return parts.join('');
  }

  /** Adds a line and what joins it to the last part. */
  #append(parts: string[], line: string): void {
    const before = parts.pop();
    if (before === undefined) parts.push(line);
    else parts.push(...this.#joined(before, line));
  }

  #joined(before: string, line: string): readonly string[] {
    if (endsUnspaced.test(before) && beginsUnspaced.test(line)) return [before, line];
    if (/[\u00AD¬]$/.test(before) && /^\p{L}/u.test(line)) return [before.slice(0, -1), line];
    // A dash without a space in front of it has none behind it.
    if (/\S[—–]$/.test(before)) return [before, line];
    const head = dividedEnd.exec(before.slice(-100))?.[1];
    const tail = /^[\p{L}\p{M}’']+/u.exec(line)?.[0];
    if (head !== undefined && tail !== undefined) {
      return this.#isDivided(head, tail) ? [before.slice(0, -1), line] : [before, line];
    }
    return /\d[-‐]$/.test(before) && /^\d/.test(line) ? [before, line] : [before, ' ', line];
  }

  /**
   * Whether a hyphen at a line end divides a word (`gov-ernment`) or belongs to it (`well-known`). What the text writes
   * elsewhere decides; then whether both parts are words of it; then what compounds begin with.
   */
  #isDivided(head: string, tail: string): boolean {
    // Names and `Anglo-Saxon` keep theirs.
    if (/^\p{Lu}/u.test(tail)) return false;
    const [first, second] = [head.toLowerCase(), tail.toLowerCase()];
    this.#written ??= findWritten(this.#text);
    if (this.#written.has(first + second)) return true;
    if (this.#written.has(`${first}-${second}`) || compoundStarts.has(first)) return false;
    return !(this.#written.has(first) && this.#written.has(second));
  }
}

const dividedEnd = /([\p{L}\p{M}’']*\p{L})[-‐]$/u;

/** What compounds are written with a hyphen for in English. */
const compoundStarts = new Set(
  (
    'well self half ex all so-called ill much long short high low two three four five six seven eight nine ten twenty ' +
    'thirty forty fifty sixty seventy eighty ninety first second third one north south east west vice old new full hard'
  ).split(' '),
);

/** The words near divided line ends, joined, with their hyphen and in parts, as far as they stand elsewhere in the text. */
function findWritten(text: string): ReadonlySet<string> {
  const wanted = new Set<string>();
  for (const [, head = '', tail = ''] of text.matchAll(/([\p{L}\p{M}’']*\p{L})[-‐]\n[^\S\n]*([\p{L}\p{M}’']+)/gu)) {
    const [first, second] = [head.toLowerCase(), tail.toLowerCase()];
    for (const word of [first + second, `${first}-${second}`, first, second]) wanted.add(word);
  }
  const written = new Set<string>();
  for (const [word] of text.matchAll(
    /(?<![\p{L}\p{M}-]|-\n\s*)[\p{L}\p{M}’']+(?:-[\p{L}\p{M}’']+)*(?!-\n|[\p{L}-])/gu,
  )) {
    const lower = word.toLowerCase();
    if (wanted.has(lower)) written.add(lower);
  }
  return written;
}
