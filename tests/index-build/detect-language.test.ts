/** The language of short texts, one or two sentences each. */
import { describe, expect, it } from 'vitest';
import { detectLanguage } from '../../index-build/detect-language.ts';

describe('detectLanguage', () => {
  it.each([
    ['en', 'The town was quiet for a week, and nobody in the shops wanted to speak about what they had seen.'],
    ['de', 'Die Stadt war eine Woche lang still, und niemand in den Läden wollte über das Gesehene sprechen.'],
    ['fr', 'La ville est restée calme pendant une semaine, et personne dans les magasins ne voulait en parler.'],
    ['es', 'La ciudad estuvo tranquila durante una semana y nadie en las tiendas quería hablar de lo que había visto.'],
    [
      'it',
      'La città è rimasta tranquilla per una settimana e nessuno nei negozi voleva parlare di ciò che aveva visto.',
    ],
    ['pt', 'A cidade ficou calma durante uma semana e ninguém nas lojas queria falar sobre o que tinha visto.'],
    ['nl', 'De stad was een week lang rustig en niemand in de winkels wilde praten over wat ze hadden gezien.'],
    ['sv', 'Staden var lugn i en vecka, och ingen i butikerna ville tala om det som de hade sett.'],
    ['pl', 'Miasto było spokojne przez tydzień i nikt w sklepach nie chciał mówić o tym, co widział.'],
    ['ru', 'Город был тихим целую неделю, и никто в магазинах не хотел говорить о том, что видел.'],
    ['uk', 'Місто було тихим цілий тиждень, і ніхто в крамницях не хотів говорити про те, що бачив.'],
    ['bg', 'Градът беше тих цяла седмица и никой в магазините не искаше да говори за това, което е видял.'],
    ['zh', '城里安静了一个星期，商店里没有人愿意谈论他们所看到的。'],
    ['ja', '町は一週間静かで、店の人は誰も見たことを話したがらなかった。'],
    ['ko', '도시는 일주일 동안 조용했고 가게에서는 아무도 본 것을 말하려 하지 않았다.'],
    ['el', 'Η πόλη ήταν ήσυχη για μια εβδομάδα και κανείς δεν ήθελε να μιλήσει.'],
    ['ar', 'كانت المدينة هادئة لمدة أسبوع ولم يرغب أحد في المتاجر في الحديث عما رآه هناك'],
    ['he', 'העיר הייתה שקטה במשך שבוע ואיש בחנויות לא רצה לדבר על מה שראה.'],
    ['th', 'เมืองเงียบสงบเป็นเวลาหนึ่งสัปดาห์และไม่มีใครอยากพูดถึงสิ่งที่เห็น'],
  ])('knows %s', (language, text) => {
    expect(detectLanguage(text)).toBe(language);
  });

  it.each([
    ['', 'nothing'],
    ['Izium', 'one word'],
    ['1,250 | 3.5 % | 2022-11-14 — 17:30 / 6 000', 'no letters to speak of'],
    ['https://example.org/the/way/to/the/page/of/this/article and-nothing@example.org', 'only addresses'],
    ['Xqz vrt blorp zzkt mnnpf qwrt plk xcvb ghjk rtzu wrtp lkjh mnbv fdsa qyx', 'no language'],
  ])('leaves %j open: %s', (text) => {
    expect(detectLanguage(text)).toBeNull();
  });

  it('is not misled by foreign names and titles in a text', () => {
    const text =
      'The ministers of Łódź and Gdańsk met at the Théâtre des Champs-Élysées, and it was the first visit of its kind.';
    expect(detectLanguage(text)).toBe('en');
  });

  it('looks at the beginning only, however long the text is', () => {
    expect(detectLanguage(`${'The river is wide and the bridge is old. '.repeat(40)}${'Дім '.repeat(2_000_000)}`)).toBe(
      'en',
    );
  });
});
