/** Our own phrases in each language: `text → quantities`, with the bound left out where it is exact. */
export const quantityRows: Readonly<Record<string, string>> = {
  en: `
    a missile hit one of the countries →
    killing 12 civilians → 12 killed
    12,000 men and two men → 12000 soldiers, 2 persons
    a $3.2 trillion fund → 3200000000000 dollars
    a million shells → 1000000 shells
    at least 30 soldiers were killed or wounded → at_least 30 killed_or_wounded
    more than 10,000 North Korean troops → at_least 10000 soldiers
    10,000 to 12,000 soldiers → at_least 10000 soldiers, at_most 12000 soldiers
    up to 1.5 million artillery shells in 20,000 containers → at_most 1500000 shells, 20000 containers
    about 300 killed and 2,700 wounded → about 300 killed, 2700 wounded
    two ballistic missiles and 40 rocket launchers → 2 missiles, 40 launchers
    a $20 million payment → 20000000 dollars
    three generals and 500 officers → 3 generals, 500 officers
    nearly 50 countries → about 50 countries
    1,000 sappers and 5,000 construction workers → 1000 sappers, 5000 workers
    killed some 600 of its soldiers → about 600 killed
    a dozen drones → 12 drones
  `,
  fr: `
    « au moins 30 soldats » du Nord, combattant aux côtés des Russes, ont été blessés ou tués → at_least 30 killed_or_wounded
    en 2024-01 des pays →
    une usine de fusées et un missile →
    deux hommes ont parlé de 12 000 hommes → 2 persons, 12000 soldiers
    un million d’obus → 1000000 shells
    1 100 « tués ou blessés » → 1100 killed_or_wounded
    au moins 30 soldats ont été tués ou blessés → at_least 30 killed_or_wounded
    plus de 10 000 soldats nord-coréens → at_least 10000 soldiers
    près de 50 pays et 47 ministres → about 50 countries, 47 ministers
    entre 10 000 et 12 000 hommes → at_least 10000 soldiers, at_most 12000 soldiers
    1,5 million d’obus → 1500000 shells
    une trentaine de missiles balistiques → 30 missiles
    300 morts et 2.700 blessés → 300 killed, 2700 wounded
    quelque 6 700 conteneurs → about 6700 containers
    douze mille soldats → 12000 soldiers
    jusqu’à 5 000 ouvriers → at_most 5000 workers
    deux trains et trois navires → 2 trains, 3 ships
    dix pays ont signé → 10 countries
  `,
  de: `
    eine engere Zusammenarbeit beider Länder →
    mindestens 30 Soldaten wurden getötet oder verwundet → at_least 30 killed_or_wounded
    rund 11.000 nordkoreanische Soldaten → about 11000 soldiers
    9,4 Millionen Artilleriegranaten → 9400000 shells
    etwa 6700 Container → about 6700 containers
    zwei Raketen → 2 missiles
    300 Tote und 2.700 Verletzte → 300 killed, 2700 wounded
    zwischen 10.000 und 12.000 Soldaten → at_least 10000 soldiers, at_most 12000 soldiers
    bis zu 100.000 Soldaten → at_most 100000 soldiers
    drei Schiffe → 3 ships
    zehn Staaten → 10 countries
    170 Haubitzen → 170 guns
    mehr als 20.000 Tonnen → at_least 20000 tonnes
  `,
  es: `
    al menos 30 soldados muertos o heridos → at_least 30 killed_or_wounded
    unos 12.000 soldados → about 12000 soldiers
    más de 10 mil efectivos → at_least 10000 soldiers
    dos misiles balísticos → 2 missiles
    1,5 millones de proyectiles → 1500000 shells
    6.700 contenedores → 6700 containers
    300 muertos y 2.700 heridos → 300 killed, 2700 wounded
    cerca de 50 países → about 50 countries
    hasta 5.000 obreros → at_most 5000 workers
    tres buques → 3 ships
    un centenar de misiles → 100 missiles
    entre 3.000 y 4.000 militares → at_least 3000 soldiers, at_most 4000 soldiers
  `,
  it: `
    almeno 300 militari uccisi e 2.700 feriti → at_least 300 killed, 2700 wounded
    circa 12mila soldati → about 12000 soldiers
    oltre 10.000 soldati → at_least 10000 soldiers
    due missili → 2 missiles
    un milione di proiettili d’artiglieria → 1000000 shells
    tra 10.000 e 12.000 soldati → at_least 10000 soldiers, at_most 12000 soldiers
    una cinquantina di Paesi → 50 countries
    duemila container → 2000 containers
    tre navi → 3 ships
    5.000 operai → 5000 workers
    fino a 100 droni → at_most 100 drones
    dieci ministri → 10 ministers
  `,
  pt: `
    uma parte dos soldados →
    pelo menos 30 soldados mortos ou feridos → at_least 30 killed_or_wounded
    cerca de 10 mil soldados → about 10000 soldiers
    mais de 12.000 militares → at_least 12000 soldiers
    dois mísseis → 2 missiles
    1,5 milhão de projéteis → 1500000 shells
    6.700 contêineres → 6700 containers
    300 mortos e 2.700 feridos → 300 killed, 2700 wounded
    até 5 mil trabalhadores → at_most 5000 workers
    três navios → 3 ships
    dez países → 10 countries
    cem drones → 100 drones
    40 lançadores de foguetes → 40 launchers
  `,
  pl: `
    co najmniej 30 żołnierzy zabitych lub rannych → at_least 30 killed_or_wounded
    ok. 10 tys. żołnierzy → about 10000 soldiers
    ponad 12 tysięcy północnokoreańskich żołnierzy → at_least 12000 soldiers
    dwa pociski balistyczne → 2 missiles
    1,5 mln pocisków artyleryjskich → 1500000 shells
    67 tys. kontenerów → 67000 containers
    300 zabitych i 2700 rannych → 300 killed, 2700 wounded
    trzy statki → 3 ships
    od 10 do 12 tys. żołnierzy → at_least 10000 soldiers, at_most 12000 soldiers
    dziesięć państw → 10 countries
    nawet 100 tys. żołnierzy → at_most 100000 soldiers
    około 5 tys. robotników → about 5000 workers
  `,
  uk: `
    щонайменше 30 військових вбито або поранено → at_least 30 killed_or_wounded
    близько 10 тис. солдатів → about 10000 soldiers
    понад 12 тисяч північнокорейських військових → at_least 12000 soldiers
    дві балістичні ракети → 2 missiles
    1,5 млн снарядів → 1500000 shells
    13 тис. контейнерів → 13000 containers
    300 загиблих і 2700 поранених → 300 killed, 2700 wounded
    три судна → 3 ships
    до 12 тисяч військових → at_most 12000 soldiers
    десять країн → 10 countries
    120 САУ → 120 guns
    500 офіцерів і три генерали → 500 officers, 3 generals
  `,
  ru: `
    не менее 30 солдат убиты или ранены → at_least 30 killed_or_wounded
    около 10 тыс. военных → about 10000 soldiers
    более 12 тысяч северокорейских солдат → at_least 12000 soldiers
    две ракеты → 2 missiles
    1,5 млн снарядов → 1500000 shells
    6700 контейнеров → 6700 containers
    300 убитых и 2700 раненых → 300 killed, 2700 wounded
    три судна → 3 ships
    до 12 тыс. военнослужащих → at_most 12000 soldiers
    десять стран → 10 countries
    тысяча саперов → 1000 sappers
    5 тыс. строителей → 5000 workers
  `,
  bg: `
    най-малко 30 войници са убити или ранени → at_least 30 killed_or_wounded
    около 10 хиляди войници → about 10000 soldiers
    над 12 000 севернокорейски войници → at_least 12000 soldiers
    две ракети → 2 missiles
    1,5 млн. снаряда → 1500000 shells
    6700 контейнера → 6700 containers
    300 убити и 2700 ранени → 300 killed, 2700 wounded
    три кораба → 3 ships
    десет държави → 10 countries
    до 5000 работници → at_most 5000 workers
    между 10 000 и 12 000 военни → at_least 10000 soldiers, at_most 12000 soldiers
    двама генерали → 2 generals
  `,
  tr: `
    en az 30 asker öldürüldü veya yaralandı → at_least 30 killed_or_wounded
    yaklaşık 10 bin asker → about 10000 soldiers
    10 binden fazla Kuzey Koreli asker → at_least 10000 soldiers
    iki balistik füze → 2 missiles
    1,5 milyon top mermisi → 1500000 shells
    6 bin 700 kilometre →
    300 ölü ve 2.700 yaralı → 300 killed, 2700 wounded
    100’den fazla füze → at_least 100 missiles
    üç gemi → 3 ships
    on ülke → 10 countries
    en fazla 5 bin işçi → at_most 5000 workers
    13 bin konteyner → 13000 containers
  `,
  ar: `
    مقتل أو إصابة ما لا يقل عن 30 جنديا → at_least 30 soldiers
    نحو 10 آلاف جندي → about 10000 soldiers
    أكثر من 12 ألف جندي كوري شمالي → at_least 12000 soldiers
    ثلاثة صواريخ → 3 missiles
    مليون ونصف →
    13 ألف حاوية → 13000 containers
    300 قتيل و2700 جريح → 300 killed, 2700 wounded
    عشر دول → 10 countries
    ٣٠ جنديا → 30 soldiers
    خمس سفن → 5 ships
    100 مدفع → 100 guns
    أربعة وزراء → 4 ministers
  `,
  vi: `
    Việt Nam quan tâm, máy bay không người lái →
    ba người và 12.000 lính → 3 persons, 12000 soldiers
    ít nhất 30 binh sĩ thiệt mạng hoặc bị thương → at_least 30 killed_or_wounded
    khoảng 10.000 binh sĩ → about 10000 soldiers
    hơn 12 nghìn lính Triều Tiên → at_least 12000 soldiers
    hai tên lửa đạn đạo → 2 missiles
    1,5 triệu quả đạn pháo → 1500000 shells
    6.700 container → 6700 containers
    10 nước → 10 countries
    ba tàu → 3 ships
    5.000 công nhân → 5000 workers
    300 người chết → 300 killed
    ngày 30 tháng 12 →
    tầm bắn 900 km →
  `,
  hi: `
    कम से कम 30 सैनिक मारे गए → at_least 30 killed
    करीब 10 हजार सैनिक → about 10000 soldiers
    10 हजार से अधिक सैनिक → at_least 10000 soldiers
    12,000 उत्तर कोरियाई सैनिकों → 12000 soldiers
    दो मिसाइल → 2 missiles
    6700 कंटेनर → 6700 containers
    50 देश → 50 countries
    तीन जहाज → 3 ships
    10 लाख गोले → 1000000 shells
    5000 मजदूर → 5000 workers
    900 किलोमीटर →
    3 जनरल → 3 generals
  `,
  ko: `
    북한군 최소 30명이 죽거나 다쳤다 → at_least 30 killed_or_wounded
    북한군 1만2000여 명 → about 12000 soldiers
    병력 1만1천명 → 11000 soldiers
    포탄 300만 발 → 3000000 shells
    컨테이너 6700개 → 6700 containers
    탄도미사일 2발을 발사 → 2 missiles
    300명이 전사하고 2700명이 부상 → 300 killed, 2700 wounded
    10개국이 성명 → 10 countries
    1만명 이상의 군인 → at_least 10000 soldiers
    선박 3척 → 3 ships
    사거리 900㎞ →
    2024년 12월 16일 →
  `,
  ja: `
    少なくとも30人が死傷 → at_least 30 killed_or_wounded
    兵士約1万2000人 → about 12000 soldiers
    1万1000人の兵士 → 11000 soldiers
    砲弾100万発 → 1000000 shells
    1万個を超えるコンテナ → at_least 10000 containers
    弾道ミサイル2発 → 2 missiles
    300人が死亡し2700人が負傷 → 300 killed, 2700 wounded
    10カ国の外相 → 10 countries
    1万人以上の部隊 → at_least 10000 soldiers
    船舶3隻 → 3 ships
    射程900キロ →
    12月30日 →
  `,
  zh: `
    至少30名士兵伤亡 → at_least 30 killed_or_wounded
    约1.2万名朝鲜士兵 → about 12000 soldiers
    一万多名士兵 → at_least 10000 soldiers
    300多万发炮弹 → at_least 3000000 shells
    6700个集装箱 → 6700 containers
    两枚弹道导弹 → 2 missiles
    300人死亡，2700人受伤 → 300 killed, 2700 wounded
    10个国家 → 10 countries
    1000名工兵和5000名工人 → 1000 sappers, 5000 workers
    3艘货船 → 3 ships
    射程900公里 →
    2024年12月30日 →
  `,
};
