/** Which paths of the corpus may have changed, gathered until a build takes them. */

/** Paths inside the corpus, with `/`, of files or of folders with all that is in them; null where any may have changed. */
export type Hints = readonly string[] | null;

/** So many that a look at everything is no dearer. */
const mostPaths = 1000;

export class PathHints {
  #paths: Set<string> | null = new Set();

  /** Unites: null, or too many, makes all of it null. */
  add(hints: Hints): void {
    if (hints === null) this.#paths = null;
    for (const path of hints ?? []) this.#paths?.add(path);
    if (this.#paths !== null && this.#paths.size > mostPaths) this.#paths = null;
  }

  /** What was added since the last time, in plain string order. */
  take(): Hints {
    const paths = this.#paths;
    this.#paths = new Set();
    return paths === null ? null : [...paths].sort();
  }
}
