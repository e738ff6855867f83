import type { Application } from '../core/application';
import { didYouMean } from '../core/suggest';

/**
 * Names of the tz database that `Intl` understands and does not list: older names, and those that stand for an offset.
 * By area; `Etc/GMT…` is below.
 */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  Africa: 'Asmara Timbuktu',
  America:
    'Argentina/Buenos_Aires Argentina/Catamarca Argentina/ComodRivadavia Argentina/Cordoba Argentina/Jujuy Argentina/Mendoza Atikokan Atka Ensenada Fort_Wayne ' +
    'Indiana/Indianapolis Kentucky/Louisville Knox_IN Montreal Nipigon Nuuk Pangnirtung Porto_Acre Rainy_River Rosario Santa_Isabel Shiprock Thunder_Bay Virgin Yellowknife',
  Antarctica: 'South_Pole',
  Asia: 'Ashkhabad Choibalsan Chongqing Chungking Dacca Harbin Ho_Chi_Minh Istanbul Kashgar Kathmandu Kolkata Macao Tel_Aviv Thimbu Ujung_Pandang Ulan_Bator Yangon',
  Atlantic: 'Faroe Jan_Mayen',
  Australia: 'ACT Canberra Currie LHI NSW North Queensland South Tasmania Victoria West Yancowinna',
  Brazil: 'Acre DeNoronha East West',
  '':
    'CET CST6CDT Cuba EET EST EST5EDT Egypt Eire GB GB-Eire GMT GMT+0 GMT-0 GMT0 Greenwich HST Hongkong Iceland Iran Israel Jamaica Japan Kwajalein Libya MET MST MST7MDT NZ ' +
    'NZ-CHAT Navajo PRC PST8PDT Poland Portugal ROC ROK Singapore Turkey UCT UTC Universal W-SU WET Zulu',
  Canada: 'Atlantic Central Eastern Mountain Newfoundland Pacific Saskatchewan Yukon',
  Chile: 'Continental EasterIsland',
  Etc: 'Greenwich UCT UTC Universal Zulu',
  Europe: 'Belfast Kyiv Nicosia Tiraspol Uzhgorod Zaporozhye',
  Mexico: 'BajaNorte BajaSur General',
  Pacific: 'Chuuk Johnston Kanton Pohnpei Samoa Yap',
  US: 'Alaska Aleutian Arizona Central East-Indiana Eastern Hawaii Indiana-Starke Michigan Mountain Pacific Samoa',
};

/** `Etc/GMT`, `Etc/GMT0`, and the offsets from `Etc/GMT-14` to `Etc/GMT+12`. */
const GMT = /^Etc\/GMT(0|[+-]\d|[+-]1\d)?$/;

const others = () => Object.entries(OTHER_NAMES).flatMap(([area, list]) => list.split(' ').map((name) => (area === '' ? name : `${area}/${name}`)));
let names: ReadonlySet<string> | undefined;

/** Every name but those of the offsets. */
const allNames = (): ReadonlySet<string> => (names ??= new Set([...Intl.supportedValuesOf('timeZone'), ...others()]));

/** Reports a time zone that Kubernetes would refuse; it takes the names of the tz database, and no other spelling of them. */
export function checkTimeZone(application: Application, timeZone: string): void {
  if (typeof timeZone === 'string' && isTimeZone(timeZone)) return;
  const spelled = [...allNames()].find((name) => name.toLowerCase() === String(timeZone).toLowerCase());
  const mend = spelled === undefined ? `the name of a time zone is allowed, such as "Europe/Zurich"${didYouMean(String(timeZone), allNames())}` : `names of time zones are case-sensitive in Kubernetes; write "${spelled}"`;
  application.problems.add('timeZone', timeZone, mend);
}

/** Whether Kubernetes takes the time zone. */
export const isTimeZone = (name: string): boolean => allNames().has(name) || isOffset(name);

function isOffset(name: string): boolean {
  const hours = Number(GMT.exec(name)?.[1] ?? (name === 'Etc/GMT' ? 0 : NaN));
  return hours >= -14 && hours <= 12;
}
