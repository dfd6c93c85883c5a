/**
 * Groups the dictionary into stem families: per language the terms that occur in its articles and share a stem.
 */
import { stem } from '../../src/analysis/stem.ts';
import type { Term } from '../../src/domain/ids.ts';
import { KeyWriter } from './run.ts';

export class FamilyCollector {
  readonly #members = new Map<string, number[]>();

  /** Terms must come in ascending order of their numbers; `languages` are those of the articles that hold the term. */
  add(term: Term, number: number, languages: Iterable<string>): void {
    for (const language of languages) {
      const found = stem(term, language);
      if (found === null) continue;
      const key = `${language}:${found}`;
      const members = this.#members.get(key);
      if (members === undefined) this.#members.set(key, [number]);
      else members.push(number);
    }
  }

  finish(): {
    readonly familyKeyStarts: Uint32Array;
    readonly familyKeyUnits: Uint16Array;
    readonly familyMemberStarts: Uint32Array;
    readonly familyMembers: Uint32Array;
  } {
    const keys = new KeyWriter();
    const starts = [0];
    const members: number[] = [];
    for (const key of [...this.#members.keys()].sort()) {
      keys.add(key);
      for (const member of this.#members.get(key) ?? []) members.push(member);
      starts.push(members.length);
    }
    const { starts: familyKeyStarts, units: familyKeyUnits } = keys.finish();
    return {
      familyKeyStarts,
      familyKeyUnits,
      familyMemberStarts: Uint32Array.from(starts),
      familyMembers: Uint32Array.from(members),
    };
  }
}
