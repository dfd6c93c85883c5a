/**
 * A small corpus with something of everything: languages with and without stemmers, titles, headings, several paragraphs,
 * values in all facets, an article without a date. Snapshots of it are kept as fixtures: it must never change.
 */
import type { CorpusFiles } from '../../../contract/corpus-files.ts';

export const harbourCorpus: CorpusFiles = new Map([
  [
    'en/lights.md',
    `---
id: lights
title: Harbour lights
date: 2021-12-31
authors: [Ada, Élodie]
source: Port Gazette
tags: [sea, law]
language: en
---
The harbour walls shine, and the walk along the quay walks by itself.

## The quay

Quay by quay the lights of the harbour go out. The harbour sleeps.

- ships
- the ship of the walker
`,
  ],
  [
    'en/walk.md',
    `---
id: walk
title: A walk
date: 2022-01-01
source: Port Gazette
tags: [sea]
language: en
---
She walked the harbour wall; he walks the shore. Walking is walking is walking.
`,
  ],
  [
    'de/hafen.md',
    `---
id: hafen
title: Der Hafen
date: 2022-06-15
authors: [Ada]
tags: [sea, Straße]
language: de
---
Die Häfen der Städte. Der Hafen läuft, wir laufen zum Hafen.

## Straße

Die Straße zum Hafen.
`,
  ],
  [
    'ja/minato.md',
    `---
id: minato
title: 東京の港
language: ja
---
東京都の港。京都に港はない。

𠮷野家 6,000
`,
  ],
  // More words with one beginning than are counted one by one.
  ['words.txt', 'Words\n\ncab cad cam cane cap car cat caw cay cob cod cog cone cop cot cow coy\n'],
  ['plain.txt', 'Plain\n\nNothing but a constructor and a __proto__ of the harbour.\n'],
]);
