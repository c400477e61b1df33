"""Words that tell no practice from another, in the languages people name theirs in."""

from collections.abc import Mapping

from common.contract.spelling import split_words


def _all(text: str) -> frozenset[str]:
    return frozenset(split_words(text))


# What a surgery is called anywhere, and what a sentence around its name is made of.
EMPTY_WORDS: frozenset[str] = _all(
    # English
    "surgery surgeries practice practise health healthcare healthy helth centre center centres "
    "medical medicine clinic clinics gp gps doctor doctors dr drs group nhs local "
    "a an and are at by called for from go goes going i im in is it its me my near named next of "
    "on one opposite our registered registration see the they to think under use using was we "
    "where with you your please name hi hello dont do not no know sure yes have has got am "
    # Bengali
    "ডাক্তার ডাক্তারখানা ডাক্তারের জিপি সার্জারি সার্জারী প্র্যাকটিস প্র্যাক্টিস হেলথ সেন্টার মেডিকেল মেডিক্যাল "
    "ক্লিনিক গ্রুপ স্বাস্থ্য কেন্দ্র চিকিৎসা হাসপাতাল আমার আমি আমাদের নাম এর এ তে যাই আছি রেজিস্টার্ড জানি না "
    # Arabic, Urdu and Persian
    "عيادة العيادة عيادتي مركز المركز صحي الصحي صحة الصحة الصحية طبي الطبي الطبية طبيب الطبيب "
    "طبيبي دكتور الدكتور مستوصف المستوصف في من على هو هي انا أنا اسم اسمه اسمها لا اعرف "
    "ڈاکٹر کلینک سرجری سینٹر ہیلتھ میڈیکل میرا میری ہے میں کا کی "
    # Russian and Ukrainian
    "клиника поликлиника врач врача доктор доктора центр здоровья медицинский хелс сентер "
    "практика мой моя моего на в у я не знаю лікар лікарня клініка мій "
    # Somali, Spanish, Italian, French, Polish
    "dhakhtar dhakhtarka xarunta caafimaadka medico médico centro salud ambulatorio mi el la il "
    "le de del di docteur médecin mon lekarz przychodnia mój"
)

# Words that say little, but something: half the borough is a street.
LIGHT_WORDS: frozenset[str] = _all(
    "street road lane avenue square place walk way wharf row court house saint building floor flat"
)

_ENGLISH: Mapping[str, str] = {
    "street": "str স্ট্রিট স্ট্রীট ستريت سٹریٹ شارع стрит",
    "road": "rd রোড رود روڈ طريق роуд",
    "lane": "ln লেন لين لاين лейн",
    "avenue": "ave av এভিনিউ افنيو авеню",
    "square": "sq স্কয়ার سكوير скуэр сквер",
    "place": "pl plce প্লেস بليس плейс",
    "walk": "ওয়াক ووك уок",
    "way": "ওয়ে واي уэй",
    "wharf": "ওয়ার্ফ وارف уорф",
    "saint": "st সেন্ট سانت سينت сент святого",
    "island": "isle ailand আইল্যান্ড ايلاند آيلاند айленд",
    "bow": "bo বো باو بو боу",
    "city": "সিটি سيتي сити",
}

# Abbreviations and borrowed words, by the English word they stand for. "st" before a name is
# a saint and after one a street: as light as each other, they are told apart by nothing here.
SPELLED_OUT: Mapping[str, str] = {
    variant: english for english, variants in _ENGLISH.items() for variant in split_words(variants)
}
