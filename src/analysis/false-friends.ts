/**
 * Words that a stemmer joins to strangers, per language: each line is a family that is kept apart from the rest of its
 * stem, such as French `mère, mères` from `mer`. Data alone, small on purpose: frequent words only. The German and Russian
 * ones were found by reading the families of encyclopedic paragraphs; of the other languages pairs that learners are
 * warned of were tried, and those are here that the stemmer joins. English has rules of its own: `stem-english.ts`.
 */
import { normalizeWord } from './normalize-word.ts';

const families: Readonly<Record<string, readonly string[]>> = {
  de: [
    'sicherheit sicherheiten sicher sichere sicherer sicheren sicheres sichern sichert', // sich
    'seite seiten', // seit
    'nächste nächsten nächster nächstes nächstem', // nach
    'ware', // war
    'bauer bauern', // bauen
    'bürger bürgern bürgers bürgerlich bürgerliche bürgerlichen', // Burg
    'führer führern führers', // fuhr
    'lager lagern lagers', // lag
    'wegen', // Weg
    'indem', // Inder
    'selbst', // selbe
    'spaten', // spät
  ],
  es: [
    'puerta puertas', // puerto
    'casa casas', // caso
    'plaza plazas', // plazo
    'punta puntas', // punto
    'banca', // banco
    'cuenta cuentas', // cuento
    'marca marcas', // marco
    'libra libras', // libro
    'moda modas', // modo
    'carga cargas', // cargo
    'pata patas', // pato
    'media medias', // medio
    'parto partos', // parte
    'suela suelas', // suelo
    'copa copas', // copo
    'ordenador ordenadores', // orden
    'plata', // plato
    'pesa pesas', // peso
    'bolsa bolsas', // bolso
    'universidad universidades universitario universitaria', // universo
  ],
  fr: [
    'mère mères', // mer
    'porte portes', // port
    'cour cours', // courir
    'poste postes poster', // post
    'livre livres', // livrer
    'partie parties', // parti
    'cadre cadres', // cadrer
    'communiste communistes', // commun
    'capitale capitales', // capital
    'sole soles', // sol
    'mine mines', // miner
    'franc francs', // France
  ],
  it: [
    'casa case', // caso
    'porta porte', // porto
    'posta poste', // posto
    'banca banche', // banco
    'moda mode', // modo
    'costa coste', // costo
    'testa teste', // testo
    'pasta paste', // pasto
    'colla colle', // collo
    'tappa tappe', // tappo
    'colpa colpe', // colpo
    'mostra mostre', // mostro
    'torta torte', // torto
    'parto parti', // parte
    'razza razze', // razzo
    'pezza pezze', // pezzo
    'mela mele', // melo
    'balena balene', // baleno
  ],
  nl: [
    'zekerheid zekerheden', // zeker
    'ware', // waren
    'aard', // aarde
    'man mannen', // maan
    'handel', // handelen
  ],
  pt: [
    'casa casas', // caso
    'porta portas', // porto
    'ponta pontas', // ponto
    'marca marcas', // marco
    'moda modas', // modo
    'carga cargas', // cargo
    'mata matas', // mato
    'barca barcas', // barco
    'prata', // prato
    'conta contas', // conto
    'bolsa bolsas', // bolso
    'terça terças', // terço
    'roda rodas', // rodar
    'rata ratas', // rato
    'universidade universidades universitário universitária', // universo
    'mesa mesas', // mês
  ],
  ru: [
    'или', // ил
    'более', // боль
    'прием приема приему приемом приеме приемы приемов', // при
    'лет', // летом, летит
    'часто частый частая частые частых частым', // часть
    'другой другая другое другие других другим другими другую', // друг
    'правило правила правил правилам правилами правилах', // право
    'дания дании данию данией', // данные
    'именно', // имени
    'имя имени имена имен именем именам именами именах', // ими
    'ими', // имя
    'поэтому', // поэт
    'потому', // потом
    'целый целая целое целые целых целым целом', // цель
    'музей музея музею музеем музее музеи музеев музеям', // муза
    'время времени временем времена времен временам', // whose forms have two stems
    'лишь', // лишен
    'семь семи', // семья
    'генри', // Генрих
    'плато', // платить
    'теле', // тело
    'рядом', // ряд
  ],
  sv: [
    'skola skolan skolor skolorna', // skol
    'lager lagret', // lag
    'motor motorn motorer', // mot
    'handla handlar handlade', // handel
    'order ordern', // ord
  ],
  uk: [
    'рік року роком роки років рокам роках', // ріка
    'другий друга друге другі другого другої', // друг
    'сім', // сім’я
    'цілий ціла ціле цілі цілого цілих', // ціль
    'партія партії партію партією партій', // парта
    'водій водія водії водіїв', // вода
    'лист листа листи листів', // листя
    'ворота воріт', // ворот
    'міст моста мости мостів', // місто
    'данія данії данію', // дані
    'китай китаю китаєм', // кит
  ],
};

/** Per language: term → the family of its own that it belongs to, named by its first word. */
export const ownFamilies: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  Object.entries(families).map(([language, lines]) => [language, new Map(lines.flatMap(membersOf))]),
);

function membersOf(line: string): [string, string][] {
  const terms = line.split(' ').map(normalizeWord);
  return terms.map((term) => [term, terms[0] as string]);
}
