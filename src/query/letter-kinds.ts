/**
 * Letters that people take for each other: they stand side by side on a keyboard, or sound alike. Letters as terms have
 * them, in lower case and without Latin and Greek accents. Data for `slip-cost.ts`.
 */

/** Rows of keys of common keyboards, the upper row first. Each row stands about a third of a key to the right of the one above. */
const keyboards: readonly (readonly string[])[] = [
  ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'],
  ['qwertzuiop', 'asdfghjkl', 'yxcvbnm'],
  ['azertyuiop', 'qsdfghjklm', 'wxcvbn'],
  ['йцукенгшщзхї', 'фівапролджє', 'ячсмитьбю'],
  ['йцукенгшщзхъ', 'фывапролджэ', 'ячсмитьбю'],
  [';ςερτυθιοπ', 'ασδφγηξκλ', 'ζχψωβνμ'],
];

const vowels = new Set('aeiouyаеёиіїоуыэюяєαεηιουω');

/** Consonants by the organ that makes them, as Soundex has them for Latin letters (Odell and Russell 1918). */
const soundGroups: readonly string[] = [
  'bpfvw',
  'ckgqx',
  'cszx',
  'gj',
  'dt',
  'mn',
  'lr',
  'бпвф',
  'гґкх',
  'дт',
  'зсц',
  'жшщч',
  'мн',
  'лр',
  'ьъ',
  'йи',
  'βπφ',
  'γκχ',
  'δτθ',
  'ζσξ',
  'μν',
  'λρ',
];

/** Spellings of one sound. Those of German vowels are there since umlauts are folded. */
const soundSpellings: readonly (readonly [string, string])[] = [
  ['ph', 'f'],
  ['ck', 'k'],
  ['ch', 'k'],
  ['qu', 'k'],
  ['sh', 's'],
  ['sc', 's'],
  ['wh', 'w'],
  ['kn', 'n'],
  ['wr', 'r'],
  ['ks', 'x'],
  ['cs', 'x'],
  ['dg', 'j'],
  ['ti', 'ci'],
  ['ti', 'si'],
  ['ai', 'a'],
  ['ae', 'a'],
  ['ea', 'e'],
  ['ee', 'i'],
  ['ea', 'i'],
  ['ee', 'ea'],
  ['ei', 'ee'],
  ['ie', 'ee'],
  ['ie', 'y'],
  ['ey', 'y'],
  ['oe', 'o'],
  ['au', 'o'],
  ['oo', 'u'],
  ['ou', 'u'],
  ['ue', 'u'],
];

export function isVowel(letter: string): boolean {
  return vowels.has(letter);
}

/** Other spellings of the sound that two letters, or one, are written for. */
export function otherSpellings(letters: string): readonly string[] {
  return spellings.get(letters) ?? [];
}

const spellings = bothWays(soundSpellings);

function neighboursOn(rows: readonly string[]): string[] {
  const places = new Map<string, readonly [across: number, down: number]>();
  rows.forEach((row, down) => {
    Array.from(row, (key, across) => places.set(key, [across + down / 3, down]));
  });
  const touch = (a: string, b: string) => {
    const [across, down] = places.get(a) as readonly [number, number];
    const [otherAcross, otherDown] = places.get(b) as readonly [number, number];
    return Math.abs(across - otherAcross) <= 1 && Math.abs(down - otherDown) <= 1;
  };
  return pairsOf(rows.join(''), touch);
}

function pairsOf(letters: string, isPair: (a: string, b: string) => boolean): string[] {
  const all = Array.from(letters);
  return all.flatMap((a) => all.filter((b) => a !== b && isPair(a, b)).map((b) => a + b));
}

function bothWays(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const add = (from: string, to: string) => found.set(from, [...(found.get(from) ?? []), to]);
  for (const [one, other] of pairs) {
    add(one, other);
    add(other, one);
  }
  return found;
}

/** Pairs of letters, each in both orders: of vowels, … */
export const vowelPairs: readonly string[] = pairsOf([...vowels].join(''), () => true);
/** … of consonants that sound alike, й and и, and the two signs of Cyrillic, … */
export const sameSounds: readonly string[] = soundGroups.flatMap((group) => pairsOf(group, () => true));
/** … of keys that touch each other. */
export const neighbouringKeys: readonly string[] = keyboards.flatMap(neighboursOn);
