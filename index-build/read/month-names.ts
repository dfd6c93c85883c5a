/** Names of the months as they stand in dates, in the languages that write them with a day and a year. */

/** January first; a name that is equal in several languages stands once. */
const monthNames = [
  'january jan januar jänner janvier janv enero ene gennaio gen janeiro januari січня января stycznia ledna ianuarie ocak',
  'february feb februar février févr febrero febbraio fevereiro februari лютого февраля lutego února februarie şubat',
  'march mar märz mär mars marzo março maart marts березня марта marca března martie maret mart',
  'april apr avril avr abril abr aprile квітня апреля kwietnia dubna aprilie nisan',
  'may mai mayo maggio maio mei maj травня мая maja května mayıs',
  'june jun juni juin junio giugno junho червня июня czerwca června iunie haziran',
  'july jul juli juillet juil julio luglio julho липня июля lipca července iulie temmuz',
  'august aug août agosto ago augustus augusti серпня августа sierpnia srpna agustus ağustos',
  'september sep sept septembre septiembre settembre setembro вересня сентября września září septembrie eylül',
  'october oct oktober okt octobre octubre ottobre outubro жовтня октября października října octombrie ekim',
  'november nov novembre noviembre novembro листопада ноября listopada listopadu noiembrie kasım',
  'december dec dezember dez décembre déc diciembre dic dicembre dezembro грудня декабря grudnia prosince decembrie desember aralık',
];

const months: ReadonlyMap<string, number> = new Map(
  monthNames.flatMap((names, index) => names.split(' ').map((name) => [name, index + 1] as const)),
);

/** 1 to 12, or null for what names no month. */
export function monthNumber(name: string): number | null {
  return months.get(name.toLowerCase()) ?? null;
}
