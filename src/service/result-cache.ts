/** The answers of late, bounded in bytes: the one that was asked for longest ago is the first to go. */
import type { Answer } from '../domain/answer.ts';

/** What an entry takes beside its bytes, roughly. */
const overheadBytes = 400;

export class ResultCache {
  readonly #mostBytes: number;
  /** In the order of their last use. */
  readonly #answers = new Map<string, Answer>();
  #bytes = 0;

  /** 0 keeps nothing. */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** What all entries take. */
  get bytes(): number {
    return this.#bytes;
  }

  get(key: string): Answer | null {
    const answer = this.#answers.get(key);
    if (answer === undefined) return null;
    this.#answers.delete(key);
    this.#answers.set(key, answer);
    return answer;
  }

  /** Keeps a complete answer, unless it is larger than the whole cache. */
  put(key: string, answer: Answer): void {
    this.#remove(key);
    if (answer.partial || bytesOf(key, answer) > this.#mostBytes) return;
    this.#answers.set(key, answer);
    this.#bytes += bytesOf(key, answer);
    for (const oldest of this.#answers.keys()) {
      if (this.#bytes <= this.#mostBytes) return;
      this.#remove(oldest);
    }
  }

  clear(): void {
    this.#answers.clear();
    this.#bytes = 0;
  }

  #remove(key: string): void {
    const answer = this.#answers.get(key);
    if (answer === undefined) return;
    this.#answers.delete(key);
    this.#bytes -= bytesOf(key, answer);
  }
}

function bytesOf(key: string, { json }: Answer): number {
  return json.length + 2 * key.length + overheadBytes;
}
