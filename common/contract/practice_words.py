"""Words that tell no practice from another, in the languages people name theirs in."""

from collections.abc import Mapping

from common.contract.spelling import split_words


def _all(text: str) -> frozenset[str]:
    return frozenset(split_words(text))


# What a surgery is called anywhere.
_SURGERIES = (
    "surgery surgeries practice practise practices health healthcare healthy helth centre center "
    "centres medical medicine clinic clinics group doctors doctor"
)
SURGERY_WORDS: frozenset[str] = _all(
    f"{_SURGERIES} dr drs gp gps nhs "
    "ডাক্তার ডাক্তারখানা জিপি সার্জারি সার্জারী প্র্যাকটিস প্র্যাক্টিস হেলথ সেন্টার মেডিকেল মেডিক্যাল "
    "ক্লিনিক গ্রুপ স্বাস্থ্য কেন্দ্র চিকিৎসা চিকিৎসক হাসপাতাল "
    "daktar daktor dakter daktarkhana daktorkhana sarjari sarjary sentar sentor "
    "عيادة العيادة عيادتي مركز المركز صحي الصحي صحة الصحة الصحية طبي الطبي الطبية طبيب الطبيب "
    "طبيبي دكتور دكتوري دكتورتي الدكتور مستوصف المستوصف هيلث ڈاکٹر کلینک سرجری سینٹر ہیلتھ میڈیکل "
    "клиника поликлиника врач доктор центр здоровья медицинский хелс сентер практика практис "
    "лікар лікарня клініка "
    "dhakhtar dhakhtarka dhakhtarkayga dhakhtarkaygu takhtar takhtarka rug rugta xarun xarunta "
    "caafimaad caafimaadka medico médico centro salud ambulatorio docteur médecin lekarz "
    "przychodnia"
)
# What a sentence around its name is made of.
_GLUE = _all(
    "local somewhere a an and are at by called for from go goes going i im in is it its me my "
    "near named next of on one opposite our registered registration see the they to think under "
    "use using was we where with you your please pls name hi hello dont do not no know sure yes "
    "have has got am "
    "আমার আমি আমাদের আমরা নাম এর এ তে অফ যাই আছি রোগী রেজিস্টার্ড জানি না "
    "amar ami amra amader holo er e te jai achi asi jani na rugi rogi "
    "في من على هو هي انا أنا اسم اسمه اسمها لا اعرف مسجل مسجلة میرا میری ہے میں کا کی "
    "мой моя моего на в у я не знаю мій "
    "waxaan waxay wuxuu ku ka ee oo ah ma garanayo aqaan joogaa yaalaa diiwaan diiwaangashanahay "
    "gashanahay mi el la il le de del di mon mój"
)
EMPTY_WORDS = SURGERY_WORDS | _GLUE

# Words that say little, but something: half the borough is a street.
LIGHT_WORDS: frozenset[str] = _all(
    "street road lane avenue square place walk way wharf row court house saint building floor flat "
    "hospital"
)

_ENGLISH: Mapping[str, str] = {
    "street": "str strit istrit istriit istreet স্ট্রিট স্ট্রীট ستريت سٹریٹ شارع стрит",
    "road": "rd rod rood রোড رود روڈ طريق роуд",
    "lane": "ln len leen lein লেন لين لاين лейн",
    "avenue": "ave av এভিনিউ افنيو авеню",
    "square": "sq skwer skoyar স্কয়ার سكوير скуэр сквер",
    "place": "pl plce ples প্লেস بليس плейс",
    "walk": "ওয়াক ووك уок",
    "way": "ওয়ে واي уэй",
    "wharf": "ওয়ার্ফ وارف уорф",
    "saint": "সেন্ট سانت سينت сент святого",
    "island": "isle ailand আইল айл আইল্যান্ড ايلاند آيلاند айленд",
    "bow": "bo বো باو بو боу",
    "city": "সিটি سيتي сити",
    "bethnal": "bg",
    "katharines": "kats",
    "e": "ই",
    "x": "ex এক্স экс اكس إكس ایکس",
    "one": "ওয়ান",
}

# Abbreviations and borrowed words, by the English word they stand for.
SPELLED_OUT: Mapping[str, str] = {
    variant: english for english, variants in _ENGLISH.items() for variant in split_words(variants)
}

# What ends a word that was written without spaces, as "harfordhealthcentre" or "bricklane".
ENDINGS = (*_SURGERIES.split(), *["street", "road", "lane", "square", "place", "walk", "wharf"])

_CHINESE: Mapping[str, str] = {
    "": "健康 医疗 醫療 医务 卫生 中心 诊疗所 诊所 診所 医院 醫院 医生 醫生 我 在 看 的 是 去",
    "street": "街",
    "road": "路",
    "lane": "巷",
    "square": "广场 廣場",
    "saint": "圣 聖",
    "island": "岛 島",
    "city": "城市",
    "docklands": "码头区 碼頭區",
    "brick lane": "红砖巷 紅磚巷 砖巷 磚巷",
    "isle dogs": "狗岛 狗島",
    "whitechapel": "白教堂",
}
# Chinese puts no spaces between words: its common ones have to be known to find the names.
CHINESE: Mapping[str, str] = {
    word: english for english, words in _CHINESE.items() for word in words.split()
}
