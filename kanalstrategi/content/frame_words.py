"""Translates what the program itself says on a page in another language: the frame around its text, its status and its foot.

A text is found by its Danish words, as in gettext. A language that has no translations keeps the Danish ones, which are marked as Danish.
"""

from __future__ import annotations

from kanalstrategi.content.languages import SITE_LANGUAGE, language_of

_LANGUAGES = ("en", "de", "uk", "ar")
_TRANSLATIONS: dict[str, tuple[str, str, str, str]] = {
    # The frame
    "Gå til hovedindhold": ("Skip to main content", "Zum Hauptinhalt springen", "Перейти до основного вмісту", "الانتقال إلى المحتوى الرئيسي"),
    "Menu": ("Menu", "Menü", "Меню", "القائمة"),
    "Indhold": ("Contents", "Inhalt", "Зміст", "المحتويات"),
    "Oversigt": ("Overview", "Übersicht", "Огляд", "نظرة عامة"),
    "Søg": ("Search", "Suchen", "Пошук", "بحث"),
    "Søg på hjemmesiden": ("Search this website", "Auf der Website suchen", "Пошук на сайті", "البحث في الموقع"),
    "Skift til mørkt udseende": ("Switch to dark appearance", "Zur dunklen Darstellung wechseln", "Увімкнути темний вигляд", "التبديل إلى المظهر الداكن"),
    "Skift til lyst udseende": ("Switch to light appearance", "Zur hellen Darstellung wechseln", "Увімкнути світлий вигляд", "التبديل إلى المظهر الفاتح"),
    "Forrige og næste side": ("Previous and next page", "Vorherige und nächste Seite", "Попередня і наступна сторінки", "الصفحة السابقة والتالية"),
    "Forrige": ("Previous", "Zurück", "Назад", "السابق"),
    "Næste": ("Next", "Weiter", "Далі", "التالي"),
    "Tilgængelighedserklæring": ("Accessibility statement", "Erklärung zur Barrierefreiheit", "Заява про доступність", "بيان إمكانية الوصول"),
    "ikke færdig": ("not finished", "nicht fertig", "не завершено", "غير مكتمل"),
    "ikke udarbejdet endnu": ("not drawn up yet", "noch nicht erstellt", "ще не складено", "لم يُعَدّ بعد"),
    "hvad der er prøvet": ("what has been tested", "was geprüft wurde", "що було перевірено", "ما تم اختباره"),
    "Hjemmesiden bruger ikke cookies og måler ikke, hvad du læser": (
        "This website uses no cookies and does not record what you read",
        "Diese Website verwendet keine Cookies und erfasst nicht, was Sie lesen",
        "Сайт не використовує файлів cookie і не відстежує, що ви читаєте",
        "لا يستخدم هذا الموقع ملفات تعريف الارتباط ولا يسجّل ما تقرؤه",
    ),
    "Tabel, der kan rulles til siden": (
        "Table that can be scrolled sideways",
        "Tabelle, die seitlich gescrollt werden kann",
        "Таблиця, яку можна прокручувати вбік",
        "جدول يمكن تمريره أفقيًا",
    ),
    # The status of a page, and its foot
    "Udkast": ("Draft", "Entwurf", "Проєкт", "مسودة"),
    "Vedtaget": ("Adopted", "Beschlossen", "Ухвалено", "معتمد"),
    "Vedtaget $date": ("Adopted on $date", "Beschlossen am $date", "Ухвалено $date", "اعتُمد في $date"),
    "Ansvarlig: ": ("Responsible: ", "Verantwortlich: ", "Відповідальний підрозділ: ", "الجهة المسؤولة: "),
    "Ældre end $number mdr.": (
        "More than $number months old",
        "Älter als $number Monate",
        "Переглянуто понад $number міс. тому",
        "العمر بالأشهر: أكثر من $number",
    ),
    "Ældre end en måned": ("More than a month old", "Älter als ein Monat", "Переглянуто понад місяць тому", "العمر: أكثر من شهر"),
    "Udgave: $name": ("Edition: $name", "Ausgabe: $name", "Редакція: $name", "الإصدار: $name"),
    "Sidst gennemgået $date": ("Last reviewed on $date", "Zuletzt geprüft am $date", "Востаннє переглянуто $date", "آخر مراجعة في $date"),
    "Udskriv siden": ("Print this page", "Seite drucken", "Надрукувати сторінку", "طباعة الصفحة"),
    "Til toppen": ("To the top", "Nach oben", "Нагору", "إلى الأعلى"),
    "Foreslå en ændring": ("Suggest a change", "Änderung vorschlagen", "Запропонувати зміну", "اقتراح تعديل"),
    " – send en mail til den ansvarlige": (
        " – send an e-mail to the unit responsible",
        " – E-Mail an die zuständige Stelle",
        " – надішліть листа відповідальному підрозділу",
        " – أرسل بريدًا إلكترونيًا إلى الجهة المسؤولة",
    ),
    "Foreslå en ændring: ring ": ("Suggest a change: call ", "Änderung vorschlagen: Telefon ", "Запропонувати зміну: телефон ", "لاقتراح تعديل اتصل على "),
    "Kort fortalt": ("In short", "Kurz gesagt", "Коротко", "باختصار"),
    " – ikke en del af den vedtagne tekst": (
        " – not part of the adopted text",
        " – nicht Teil des beschlossenen Textes",
        " – не є частиною ухваленого тексту",
        " – ليس جزءًا من النص المعتمد",
    ),
    "Vejledning, som kommunen endnu ikke har behandlet": (
        "Guidance that the municipality has not considered yet",
        "Hinweise, über die die Kommune noch nicht beraten hat",
        "Роз’яснення, яке муніципалітет ще не розглянув",
        "إرشادات لم تنظر فيها البلدية بعد",
    ),
    "Link til dette afsnit": ("Link to this section", "Link zu diesem Abschnitt", "Посилання на цей розділ", "رابط إلى هذا القسم"),
    "Fodnoter": ("Footnotes", "Fußnoten", "Примітки", "الحواشي"),
    "Fodnote $number": ("Footnote $number", "Fußnote $number", "Примітка $number", "حاشية $number"),
    "Tilbage til teksten ved fodnote $number": (
        "Back to the text at footnote $number",
        "Zurück zum Text bei Fußnote $number",
        "Назад до тексту біля примітки $number",
        "العودة إلى النص عند الحاشية $number",
    ),
    "Download ": ("Download ", "Herunterladen: ", "Завантажити: ", "تنزيل: "),
    "nyt vindue": ("new window", "neues Fenster", "нове вікно", "نافذة جديدة"),
    # The versions of a page
    "Siden på andre sprog": ("This page in other languages", "Diese Seite in anderen Sprachen", "Ця сторінка іншими мовами", "هذه الصفحة بلغات أخرى"),
    "Oversættelsen er ældre end siden på $language. Er de uenige, gælder den.": (
        "This translation is older than the page in $language. Where they differ, that page applies.",
        "Diese Übersetzung ist älter als die Seite auf $language. Bei Abweichungen gilt jene Seite.",
        "Цей переклад старіший за сторінку такою мовою: $language. У разі розбіжностей чинною є вона.",
        "هذه الترجمة أقدم من الصفحة باللغة: $language. عند الاختلاف يُعتد بتلك الصفحة.",
    ),
    # Documents
    "Side": ("Page", "Seite", "Сторінка", "صفحة"),
    "af": ("of", "von", "з", "من"),
    "side": ("page", "Seite", "с.", "صفحة"),
    "udkast": ("draft", "Entwurf", "проєкт", "مسودة"),
    "Udskrevet den $date": ("Printed on $date", "Gedruckt am $date", "Надруковано $date", "طُبع في $date"),
    "Udkast. Ikke vedtaget": ("Draft. Not adopted", "Entwurf. Nicht beschlossen", "Проєкт. Не ухвалено", "مسودة. غير معتمدة"),
    "Den nyeste udgave findes på": ("The latest edition is at", "Die neueste Ausgabe finden Sie unter", "Найновіша редакція:", "أحدث إصدار متاح على"),
}
"""What each Danish text is in English, German, Ukrainian and Arabic. `$` begins what is filled in."""


def has_words(language: str) -> bool:
    """Whether the program's own words are translated to a language."""
    return language == SITE_LANGUAGE or language in _LANGUAGES


def danish_texts() -> tuple[str, ...]:
    """Return all texts that are translated, in Danish."""
    return tuple(_TRANSLATIONS)


def words(language: str, danish: str, /, **values: str) -> str:
    """Return the program's words in a language, or in Danish if it has none. Raises KeyError for words that nobody has translated."""
    translated = danish if language == SITE_LANGUAGE or not has_words(language) else _TRANSLATIONS[danish][_LANGUAGES.index(language)]
    for name, value in values.items():
        translated = translated.replace(f"${name}", value)
    return translated


def frame_language(language: str) -> str:
    """Return the language that the frame of a page in a language is in."""
    return language if has_words(language) else SITE_LANGUAGE


def danish_marks(language: str) -> dict[str, str]:
    """Return the attributes of an element with Danish words on a page in another language, so that they are read aloud as what they are."""
    if language == SITE_LANGUAGE:
        return {}
    return {"lang": SITE_LANGUAGE, "dir": "ltr"} if language_of(language).is_rtl else {"lang": SITE_LANGUAGE}


def frame_marks(language: str) -> dict[str, str]:
    """Return the attributes of an element with the program's own words on a page: none, unless they had to stay in Danish."""
    return {} if has_words(language) else danish_marks(language)
