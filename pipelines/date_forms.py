"""The forms in which pages print times: tables for `pipelines.dates`."""

import re

MONTH_STARTS = "janfebmaraprmayjunjulaugsepoctnovdec"
MONTH_NAMES = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?"
)
#: Before the date instead of behind it, at the text's beginning: 08:05 2026-11-03.
CLOCK_BEFORE = re.compile(r"\D{0,12}(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?[\s,，]+")
#: As Java prints it: Tue Nov 03 08:05:00 CST 2026.
PRINTED_BY_JAVA = re.compile(
    rf"\b(?P<name>{MONTH_NAMES})\s+(?P<day>\d{{1,2}})\s+(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d):(?P<second>[0-5]\d)"
    r"\s+(?P<zone>UTC|GMT|EST|EDT|CST|CDT|MST|MDT|PST|PDT|BST)\s+(?P<year>(?:19|20)\d\d)\b",
    re.I,
)
DIGITS = {char: index for index, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "O": 0}

CLOCK = (
    r"(?:[\sT,，　|·]*(?:[时時][间間]\s*:\s*)?"
    r"(?P<half>上午|下午|晚上?|晚[间間]|傍晚|深?夜|凌晨|早上?|早晨|清晨|中午|am|pm)?[\s]*"
    r"(?P<hour>[01]?\d|2[0-3])(?:\s*[::時时点]\s*(?P<minute>[0-5]\d|\d(?=分))分?(?:\s*[::]\s*(?P<second>[0-5]\d)秒?"
    r"(?:[.,:](?P<fraction>\d{1,9}))?)?|\s*[時时点]整?)"
    r"\s*(?P<after>[ap]\.?m\.?)?\s*(?P<zone>Z\b|UTC|GMT|EST|EDT|CST|CDT|MST|MDT|PST|PDT|BST|"
    r"(?:GMT|UTC)?[+-]\d{2}:?\d{2}\b)?)?"
)
NUMERIC = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*(?:年\s*|(?P<sep>[-/.‐‑–])\s*|(?=\d\d/\d\d(?:\D|\d\d:)))(?P<month>\d{1,2})"
    r"\s*(?:月\s*|[-/.‐‑–]\s*)(?P<day>\d{1,2})(?!\d(?!\d?:))\s*[日号]?\s*"
    r"(?:[(]?(?:星期|周|週|[礼禮]拜)[一二三四五六日天][)]?|[(][一二三四五六日天][)])?" + CLOCK,
    re.I,
)
COMPACT = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
    r"(?:T?(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?P<second>[0-5]\d)?)?(?!\d)"
)
DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?(?P<name>{MONTH_NAMES})\.?,?[\s-]+(?P<year>(?:19|20)\d\d)"
    rf"(?:\s*(?:at|[-–—|,·])\s*|\b){CLOCK}",
    re.I,
)
MONTH_FIRST = re.compile(
    rf"\b(?P<name>{MONTH_NAMES})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)"
    rf"(?:\s*(?:at|[-–—|,·])\s*|\b){CLOCK}",
    re.I,
)
HANZI_DATE = re.compile(
    r"([一二][〇零○O一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]"
)
NO_YEAR = re.compile(
    r"(?<![\d年.-])(?P<month>0?[1-9]|1[0-2])(?:月|[-/])(?P<day>\d{1,2})(?:日\s*|\s+)" + CLOCK[:-1].rstrip("?"), re.I
)
MONTH_DAY = re.compile(r"(?<![\d年.-])(?P<month>0?[1-9]|1[0-2])月(?P<day>\d{1,2})日")
AGO = re.compile(r"(\d{1,3}|半)\s*个?(秒|分钟|分鐘|小时|小時|天|日|周|星期|月|年)(?:之)?前")
DAYS_BACK = {"今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2}
#: Not inside a sentence: 最后一个龙门口昨日封闭 is a headline, no time.
NAMED_DAY = re.compile(
    r"(?:(?<![一-鿿])|(?<=于))(今天|今日|昨天|昨日|前天)(?:\s*(\d{1,2})[::时](\d{2})|(?=发|更新|来源)|(?![一-鿿]))"
)
#: A text without any of these prints no time.
HINT = re.compile(r"\d|[一二三四五六七八九十]月|刚刚|剛剛|just now|半|[今昨前][天日]", re.I)
HOUR = re.compile(r"\d\s*[::時时点]\s*\d\d|\d\s*[ap]\.?m\b|\d点|\d[时時]\d", re.I)
MAIL = re.compile(r"\s*[A-Za-z]{3},\s")
MINUTES = re.compile(r"\d:\d\d")
EPOCH = re.compile(r"\s*(\d{10}|\d{13})\s*")
JUST_NOW = re.compile(r"\s*(?:刚刚|剛剛|just now)\s*", re.I)

#: How what stands before an hour of the afternoon begins: pm, 下午, 晚, 傍晚, 夜, 深夜.
AFTERNOON = frozenset("p下晚傍夜深")
AGO_SECONDS = {"秒": 1, "分": 60, "小": 3600, "天": 86400, "日": 86400, "周": 604800, "星": 604800}
ZONES = {"EST": -5, "EDT": -4, "CST": 8, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "BST": 1}
FIXED = {"": 8, "Asia/Shanghai": 8, "Asia/Taipei": 8, "Asia/Hong_Kong": 8, "Asia/Macau": 8, "UTC": 0}

#: Digits, signs and spaces of full width as ASCII.
WIDTHS = {0xFF10 + n: 0x30 + n for n in range(10)} | {
    0xFF1A: 0x3A,
    0xFF0D: 0x2D,
    0xFF0F: 0x2F,
    0xFF08: 0x28,
    0xFF09: 0x29,
    0xFF5C: 0x7C,
    0xA0: 0x20,
    0x3000: 0x20,
    0x2002: 0x20,
    0x2003: 0x20,
}
