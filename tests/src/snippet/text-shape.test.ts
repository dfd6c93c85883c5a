import { describe, expect, it } from 'vitest';
import type { ParagraphKind } from '../../../src/domain/article.ts';
import { shapeOf } from '../../../src/snippet/text-shape.ts';

describe('shapeOf', () => {
  it.each<[shape: string, text: string, why: string, kind?: ParagraphKind]>([
    ['sentence', 'The barge sank near the old pier.', 'a sentence'],
    ['sentence', '“Nobody saw the barge go down,” she said.', 'a quotation'],
    ['sentence', 'Who owns the barge that sank?', 'a question'],
    ['sentence', 'Divers found it at noon. More on that', 'a sentence with a rest behind it'],
    ['sentence', 'Mr. J. Vale of St. Ives lost his barge.', 'dots of abbreviations do not cut it to pieces'],
    ['sentence', '驳船在旧码头附近沉没了。', 'Chinese'],
    ['sentence', 'Баржа затонула біля старого причалу.', 'Ukrainian'],
    ['sentence', 'غرقت البارجة بالقرب من الرصيف القديم؟', 'Arabic'],
    ['sentence', 'The barge lay deep [3] and cold.[4]', 'a footnote behind the dot', 'quote'],
    ['sentence', 'Photo shops along the quay were flooded when the barge sank.', 'a word for pictures is no credit'],
    ['sentence', 'Photos by residents show how the barge went down.', 'a sentence about pictures'],
    ['sentence', 'Related crimes rose by a tenth in the harbour.', 'a word for links is no link'],
    ['fragment', 'Background.', 'a heading with a dot'],
    ['fragment', 'The barge and the pier', 'a heading'],
    ['fragment', 'HARBOUR TOWN, 3 May', 'a dateline'],
    ['fragment', 'Barge | 40 m | 1911', 'a row', 'row'],
    ['fragment', 'Harbour: barges, (capt), piers, (wkt), cranes', 'a list without an end'],
    ['fragment', 'The barge goes down near the old pier.', 'a caption', 'caption'],
    ['fragment', 'sink(barge); // It goes down near the pier.', 'code', 'code'],
    ['fragment', '', 'nothing'],
    ['fragment', '* * *', 'no words'],
    ['aside', 'Photo: Ada Vale / Harbour Press', 'a credit'],
    ['aside', 'Photograph by Ada Vale for the Harbour Press.', 'a credit in words'],
    ['aside', 'Image credit: A. Vale. Used with her permission.', 'a credit with a sentence'],
    ['aside', '(File photo courtesy of the harbour office)', 'a credit in brackets'],
    ['aside', 'Bild: Ada Vale/Hafenamt', 'German'],
    ['aside', 'Фото: Ада Вейл, управління порту', 'Ukrainian'],
    ['aside', '© 2031 Harbour Press. All rights reserved.', 'rights'],
    ['aside', 'Read more: Why the barge sank near the old pier', 'a link'],
    ['aside', 'See also the story of the other barge.', 'a link in words'],
    ['aside', 'Sign up for our letter, and never miss a barge again.', 'promotion'],
    ['aside', 'Follow Ada Vale on the network of your choice.', 'promotion of a writer'],
    ['aside', 'Lesen Sie auch: Der Kahn am alten Kai', 'German'],
    ['aside', 'Home | Harbour | Barges | Piers', 'a menu'],
    [
      'sentence',
      `Video: ${'the barge went down slowly and nobody was there to see it, '.repeat(5)}they say.`,
      'a long text',
    ],
  ])('takes for a %s: %s', (expected, text, _, kind = 'text') => {
    expect(shapeOf({ kind, text })).toBe(expected);
  });

  it('takes time in proportion to the text', () => {
    for (const text of ['. '.repeat(4000), 'a.'.repeat(4000), '.'.repeat(8000), '|'.repeat(240), ')'.repeat(8000)]) {
      const started = performance.now();
      shapeOf({ kind: 'text', text });
      expect(performance.now() - started).toBeLessThan(1000);
    }
  });
});
