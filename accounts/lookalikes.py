"""Letters that are taken for Russian ones, and mailboxes that are one."""

import re

# Russian letter by letter: what of other scripts, digits and signs is taken for it. Two letters
# stand where two signs make up one: ы is ь and a stroke, ю is a stroke and о.
_LOOK = {
    "а": "aAαΑ@ӕɑᴀ",
    "б": "6ƃ",
    "в": "BВβΒ8ʙϐ",
    "г": "rΓᴦ",
    "д": "gΔδᴅԁ",
    "е": "eEεΕєЄэЭѣѢ℮ҽҼəӘ",
    "ж": "җҖ",
    "з": "3ӡʒƷȝ",
    "и": "iIlL1|!uUNіІїЇιΙıӏӀɪᴎͷͶ",
    "к": "kKκΚқҚҝҜӄӃҟҠᴋĸ",
    "л": "ΛλᴧӅӆ",
    "м": "mMμΜᴍµ",
    "н": "hHΗңҢӊӉһҺʜӈӇ",
    "о": "oO0οΟσөӨօՕᴏΘѲѳ",
    "п": "nηΠπᴨ",
    "р": "pPρΡҏҎᴩƿ",
    "с": "cCϲϹҫҪᴄς",
    "т": "tTτΤҭҬᴛ",
    "у": "yYυΥγүҮұҰʏv",
    "ф": "φΦϕɸ",
    "х": "xXχΧҳҲ×",
    "ч": "4ҷҶӌӋ",
    "ш": "wWωɯѡѠ",
    "ь": "bъЪҍҌƅ",
    "я": "RЯᴙʁ",
}
LOOKALIKES: dict[str, str] = {char: letter for letter, many in _LOOK.items() for char in many}
LOOKALIKES |= {"ы": "ьи", "Ы": "ьи", "ю": "ио", "Ю": "ио"}
# J and a stroke, which together look like Л.
DIGRAPHS = re.compile(r"[JЈј][Il1|]")

# The letter y between two consonants.
VOWEL = re.compile(r"(?<=[bcdfghjklmnpqrstvwxz])y(?=[bcdfghjklmnpqrstvwxz])")
# Latin spellings of Russian sounds, the longest first.
SOUNDS = (
    ("shch", "щ"),
    ("sch", "щ"),
    ("yo", "е"),
    ("zh", "ж"),
    ("kh", "х"),
    ("ts", "ц"),
    ("ch", "ч"),
    ("sh", "ш"),
    ("yu", "ю"),
    ("iu", "ю"),
    ("ya", "я"),
    ("ia", "я"),
    ("ye", "е"),
    ("ii", "ий"),
    ("iy", "ий"),
    ("yy", "ый"),
    *zip("abvgdeziyklmnoprstufhcjxwq'", "абвгдезийклмнопрстуфхцйхвк'", strict=True),
)

# Domains of one mailbox.
ALIASES = {
    "googlemail.com": "gmail.com",
    **dict.fromkeys(
        ("ya.ru", "yandex.com", "yandex.by", "yandex.kz", "yandex.ua", "narod.ru"), "yandex.ru"
    ),
    **dict.fromkeys(("me.com", "mac.com"), "icloud.com"),
}
# Where a dot in the name does not count, or is the same as a hyphen.
DOTLESS = {"gmail.com": "", "yandex.ru": "-"}
