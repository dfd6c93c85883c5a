import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeWord } from '../../../src/analysis/normalize-word.ts';
import { stem, stemLanguages } from '../../../src/analysis/stem.ts';
import type { Term } from '../../../src/domain/ids.ts';

describe('stem', () => {
  it.each<[language: string, words: string[]]>([
    ['de', ['Angriff', 'Angriffe', 'Angriffen']],
    ['de', ['Stadt', 'Städte', 'Städten']],
    ['en', ['attack', 'attacks', 'attacked', 'attacking']],
    ['en', ['city', 'cities']],
    ['es', ['ataque', 'ataques']],
    ['es', ['canción', 'canciones']],
    ['fr', ['attaque', 'attaques', 'attaquer']],
    ['fr', ['général', 'générale', 'générales']],
    ['it', ['soldato', 'soldati']],
    ['nl', ['oorlog', 'oorlogen']],
    ['pt', ['ataque', 'ataques']],
    ['ru', ['город', 'города', 'городу', 'городом']],
    ['sv', ['stad', 'staden']],
    ['uk', ['місто', 'міста', 'місту', 'містом']],
  ])('gives in %s the words %j one stem', (language, words) => {
    const stems = new Set(words.map((word) => stem(normalizeWord(word), language)));
    expect([...stems]).toEqual([expect.any(String)]);
  });

  it.each<[language: string, one: string, other: string]>([
    ['en', 'war', 'warm'],
    ['en', 'russia', 'rust'],
    ['de', 'krieg', 'krise'],
    ['ru', 'город', 'гора'],
  ])('keeps in %s %j and %j apart', (language, one, other) => {
    expect(stem(one as Term, language)).not.toBe(stem(other as Term, language));
  });

  it.each<[why: string, words: string[]]>([
    ['nouns in -us', ['virus', 'viruses']],
    ['short nouns in -us', ['bus', 'buses']],
    ['nouns in -us that doubled nothing', ['caucus', 'caucuses']],
    ['nouns in -s', ['alias', 'aliases']],
    ['nouns in -ss', ['witness', 'witnesses', 'witnessed']],
    ['nouns in -sis', ['hypothesis', 'hypotheses']],
    ['short nouns in -sis', ['crisis', 'crises']],
    ['nouns in -x, -ch and -sh', ['branch', 'branches']],
    ['nouns in -o', ['tornado', 'tornadoes']],
    ['nouns in -ie', ['movie', 'movies']],
    ['nouns in -i', ['pakistani', 'pakistanis']],
    ['nouns in -f', ['knife', 'knives']],
    ['Latin plurals', ['fungus', 'fungi']],
    ['Greek plurals', ['criterion', 'criteria']],
    ['plurals without s', ['woman', 'women']],
    ['verbs that double a consonant', ['program', 'programmed', 'programming', 'programmer']],
    ['verbs in -e', ['hope', 'hoped', 'hoping']],
    ['verbs in -y', ['carry', 'carries', 'carried', 'carrying']],
    ['verbs in -ie', ['lie', 'lying']],
    ['verbs in -c', ['panic', 'panicked', 'panicking']],
    ['short verbs in -ie', ['tie', 'ties', 'tied']],
    ['nouns in -psis', ['synopsis', 'synopses']],
    ['adverbs', ['quick', 'quickly']],
    ['adverbs of adjectives in -y', ['happy', 'happily']],
    ['adverbs that lost a letter', ['true', 'truly']],
    ['adverbs in -ally', ['historic', 'historical', 'historically']],
    ['nouns of quality', ['happy', 'happiness']],
    ['nouns of the deed', ['govern', 'government', 'governmental']],
    ['nouns of the deed in -tion', ['elect', 'elected', 'election', 'elections']],
    ['nouns of the deed in -uction', ['reduce', 'reduction']],
    ['nouns of the deed in -al', ['retrieve', 'retrieval']],
    ['verbs in -ate with their nouns', ['generate', 'generation', 'generator', 'generative']],
    ['verbs whose noun is in -ation', ['adapt', 'adaptation']],
    ['verbs in -ize with their nouns', ['organize', 'organizer', 'organization', 'organizational']],
    ['verbs in -ify with their nouns', ['classify', 'classification']],
    ['adjectives in -ent with their nouns', ['independent', 'independence', 'independently']],
    ['adjectives in -able with their nouns', ['probable', 'probably', 'probability']],
  ])('gives English %s one stem: %j', (_, words) => {
    expect([...new Set(words.map((word) => stem(word as Term, 'en')))]).toEqual([expect.any(String)]);
  });

  it.each<[why: string, words: string[]]>([
    ['-al, -ate, -ic, -ous', ['general', 'generation', 'generic', 'generous']],
    ['-ic, -ize', ['organ', 'organic', 'organization']],
    ['-al, -ational', ['intern', 'internal', 'international']],
    ['-al, -ity', ['commune', 'community', 'communicate', 'communism']],
    ['-ive, -ion', ['object', 'objective', 'objection']],
    ['-ant, -ation', ['inform', 'informant', 'information']],
    ['-ency', ['president', 'presidency']],
    ['-ment', ['depart', 'department']],
    ['-er', ['custom', 'customer']],
    ['-ity', ['universe', 'university', 'universal']],
    ['-ate', ['cooper', 'cooperate']],
    ['-ate of nouns', ['marine', 'marinated']],
    ['-ous', ['vary', 'various']],
    ['-ance of importing', ['import', 'important']],
    ['-ness', ['busy', 'business']],
    ['-s that is no plural', ['new', 'news']],
    ['-is that is no plural', ['deny', 'denis']],
    ['-e', ['quit', 'quite']],
    ['-e of verbs', ['unit', 'united']],
    ['-ly that is no adverb', ['ear', 'early']],
  ])('keeps strangers apart that differ by %s: %j', (_, words) => {
    expect(new Set(words.map((word) => stem(word as Term, 'en'))).size).toBe(words.length);
  });

  it.each<[language: string, words: string[], stranger: string]>([
    ['de', ['Führer', 'Führern'], 'fuhr'],
    ['es', ['puerta', 'puertas'], 'puerto'],
    ['fr', ['mère', 'mères'], 'mer'],
    ['it', ['porta', 'porte'], 'porto'],
    ['nl', ['man', 'mannen'], 'maan'],
    ['pt', ['ponta', 'pontas'], 'ponto'],
    ['ru', ['музей', 'музея', 'музеев'], 'муза'],
    ['sv', ['skola', 'skolor'], 'skol'],
    ['uk', ['партія', 'партії'], 'парта'],
  ])('keeps in %s the family %j apart from %j', (language, words, stranger) => {
    const stems = new Set(words.map((word) => stem(normalizeWord(word), language)));
    expect(stems.size).toBe(1);
    expect(stems).not.toContain(stem(normalizeWord(stranger), language));
  });

  it.each<[term: string, language: string, why: string]>([
    ['attacks', 'ja', 'the language has no stemmer'],
    ['attacks', '', 'the language is not known'],
    ['attacks', 'constructor', 'the language is the name of an object member'],
    ['6000', 'en', 'it is a number'],
    ['3.14', 'en', 'it is a number with a point'],
    ['c++', 'en', 'it has signs'],
    ['#tags', 'en', 'it is a tag'],
    ['mh17', 'en', 'it has digits'],
    ['as', 'en', 'it is hardly longer than an ending'],
    ['', 'en', 'it is nothing'],
  ])('gives none for %j in %j: %s', (term, language) => {
    expect(stem(term as Term, language)).toBeNull();
  });

  it('knows ten languages, by ISO 639-1 code, ascending', () => {
    expect(stemLanguages).toEqual(['de', 'en', 'es', 'fr', 'it', 'nl', 'pt', 'ru', 'sv', 'uk']);
  });

  it('gives for any term a stem that is not empty, or none, and always the same', () => {
    const terms = fc.string({ unit: 'binary', maxLength: 64 }).map(normalizeWord);
    fc.assert(
      fc.property(terms, fc.constantFrom(...stemLanguages), (term, language) => {
        const found = stem(term, language);
        expect(found).not.toBe('');
        expect(stem(term, language)).toBe(found);
      }),
    );
  });
});
