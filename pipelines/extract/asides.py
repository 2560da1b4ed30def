"""Lines inside the container of an article in an alphabet that are no part of it: prompts, pointers, credits.

What frames a Chinese article stays in its blocks, and the judge marks it; these lines have no judge. Papers in
alphabets print captions apart from the text, Chinese ones count them in: there they stay.
"""

import re
from collections.abc import Sequence

from pipelines.extract.prose import Node
from pipelines.model import Block, BlockKind

HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

_AD = r"ad(?:vert(?:isement|ising)?)?s?"
_PLACES = r"facebook|twitter|instagram|threads|whatsapp|linkedin|google|reddit|pinterest|flipboard|telegram"
_LETTERS = r"newsletters?|e-?mail (?:alerts?|updates?|newsletters?)|inbox|briefings?"
_STORY = r"(?:articles?|stor(?:y|ies)|posts?|pieces?|content|reports?|news|topics?|links?|coverage)"
#: The words of a page's controls: a line of nothing else is no text. No two may be read as a third: the search for
#: them stays linear.
_CONTROLS = (
    rf"shares?|tweet|pin it|e-?mail|print|save|listen|close|captions?|loading|expand|reply|video|{_AD}|{_PLACES}|tags?",
    rf"play|back to top|watch(?: now| live)?|sponsored|promoted|newsletters?|register|subscribe|{_STORY}|log ?in",
    r"(?:(?:\d+|no|all|read|view|show|hide|load|post|see|add|leave a)(?: all| more)? )?(?:comments?|replies)|text size",
    r"continues(?: below)?|below|this|skip(?: past)?|newsletter promotion|share (?:this|on|via)|trending(?: now)?",
    r"sign (?:in|up)|table of contents|in this article|copy link|link copied|(?:read|see|show|load) more|\d{1,2}:\d\d",
    r"\d+ ?min(?:ute)?s?(?: read)?|(?:image|photo|slide) \d+ (?:of|/) \d+|(?:image|media) ?caption|recommended|related",
    r"(?:media )?playback is (?:un|not )supported on your device|most (?:read|popular)|tell us what you think",
    r"teilen|kommentare|partager|compartilhar|compartir|voltar",
)
CONTROLS = re.compile(rf"\W*(?:(?:{'|'.join(_CONTROLS)})(?:\W+|$|(?<=[a-z])(?=\d)))+", re.I)
#: What a line begins with that points to another page.
POINTER = re.compile(
    r"\W*(?:read(?: more| also| next| the full (?:story|article))?|see (?:also|more)|also read|recommended|listen|"
    r"(?:more )?related(?: \w+)?|more(?: (?:from|on|about|news|stories|coverage)\b[^:]{0,40})?|don.?t miss|"
    r"watch(?: more| live| now)?|you (?:may|might)(?: also)? (?:like|enjoy)[^:]{0,20}|up next|trending(?: now)?|"
    r"most (?:read|popular)|editor.?s picks?|must[- ]read|in case you missed it|siehe auch|lesen sie (?:auch|mehr)|"
    r"(?:à )?lire aussi|leia (?:também|mais)|lea también|читайте также|leggi anche|lees ook|baca juga)"
    r"\s*(?:[:：|>»–—-]|$)",
    re.I,
)
#: Asks the reader to do something other than read on, or says whose the words are: a stem to look for, the shape.
_PROMPTS = {
    "sign": rf"\bsign(?:ing)?[ -]?up\b.{{0,80}}\b(?:{_LETTERS})\b|\bsign in to (?:continue|comment|read|your)\b",
    "newsletter": r"\bnewsletters?\b.{0,60}\b(?:sign up|here|inbox|subscrib\w+)",
    "subscribe": r"\bsubscribe (?:to|now|today|here|for)\b",
    "inbox": r"\b(?:straight|right|delivered|directly)\b.{0,30}\binbox\b",
    "your phone": r"\b(?:straight|right|delivered|directly)\b.{0,30}\byour phone\b",
    "follow ": rf"\bfollow (?:(?:us|him|her|them) @|(?:[\w.@]+ ){{1,5}}(?:on|at) (?:[\w.@]+ ){{0,3}}(?:{_PLACES})\b)",
    " us on ": r"\b(?:join|like|find) us on\b",
    " here ": r"^\W*(?:click|tap) here (?:to|for)\b",
    "download": r"\bdownload (?:the|our) .{0,30}\bapp\b",
    " tip": r"\b(?:have|got) (?:a|any) (?:news )?tips?\b",
    " story": r"\b(?:have|got) (?:a|any) (?:news )?story\b",
    "reporting": r"\badditional reporting\b|\bwith reporting by\b",
    "contributed": rf"\bcontributed (?:reporting )?(?:to|for) (?:this|the) {_STORY}\b",
    "commission": r"\bmay (?:earn|receive) an? .{0,20}\bcommission\b",
    "rights reserved": r"\ball rights reserved\b",
    "may not be ": r"\bmay not be (?:published|reproduced|redistributed)\b",
    "copyright": r"^\W*copyright\W*(?:19|20)\d\d",
    "©": r"^\W*©\W*(?:19|20)\d\d",
    "first ": rf"(?:^\W*|\bthis {_STORY}\b.{{0,20}}\b)first (?:appeared|published) (?:in|on|at|by)\b",
    "originally ": rf"(?:^\W*|\bthis {_STORY}\b.{{0,20}}\b)originally (?:appeared|published) (?:in|on|at|by)\b",
    "log in": r"\blog in to (?:continue|comment|read|your)\b",
    "account": r"\bcreate (?:an|a free) account\b|\b(?:don.?t|already) have an account\b",
    "unlock": r"\bto unlock (?:more|this)\b",
    "become a": r"\bbecome a (?:member|subscriber|patron)\b",
    "donat": r"\bmake a donation\b|\bdonate to (?:us|our)\b",
    "support our": r"\bsupport our (?:journalism|work|site|newsroom)\b",
    "leave a": r"\bleave a (?:comment|reply)\b",
    "join the": r"\bjoin the (?:conversation|discussion)\b",
    "privacy": r"\bprivacy policy\b",
    "terms ": r"\bterms (?:of|and) (?:service|use|conditions)\b",
    "javascript": r"\b(?:requires|enable) javascript\b",
    "be reached": r"\bcan be reached (?:at|by)\b",
    "@": r"\b(?:write to|e-?mail|contact)\b.{0,40}\w@\w",
    "check out": r"\bcheck out (?:more|all) of (?:the|our)\b",
    ":": r"^\W*(?:tags?|filed under|categor(?:y|ies)|topics?|keywords?|posted in|abgelegt unter|etiquetas)\s*:",
    "[": r"^\[\w+ \w+=",
    "pictured": r"^\W*pictured(?:,|:| (?:left|right|above|below|from|at|here|is|are)\b)",
}
PROMPTS = tuple((stem, re.compile(shape, re.I)) for stem, shape in _PROMPTS.items())
_PICTURE = r"(?:image|photo|photograph|picture|video|illustration|graphic|screenshot)s?"
_AGENCY = r"(?:getty images?|shutterstock|istock|reuters|afp|ap|associated press|alamy|epa|bloomberg)"
#: Who made a picture.
CREDIT = re.compile(
    rf"^\W*(?:{_PICTURE}(?: (?:credit|source|copyright|courtesy))?s?\s*(?:[:|/©]|by\b|copyright\b|courtesy of\b)|"
    r"credits?\s*:|(?:image|media) caption)|"
    rf"\((?:{_PICTURE}|pic|credit)(?: (?:credit|by|courtesy(?: of)?))?\s*:?[^()]{{1,60}}\)\W*$|"
    rf"(?:[|/]\s*|^|\b(?:via|for) ){_AGENCY}\W*$|\bgetty images\W*$|\bap photo\b|\b(?:file|courtesy) photo\W*$",
    re.I,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_YEAR = r"(?:19|20)\d\d"
#: The day or the writer, above the text.
HEAD = re.compile(
    rf"\b(?:{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR}|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?\.?(?: de)? \w{{3,9}}\.?(?: de)?,? {_YEAR}|"
    rf"{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]{_YEAR})\b|"
    r"\b\d+ (?:minutes?|mins?|hours?|days?) ago\b|\bmin(?:ute)?s? read\b|"
    r"^\W*(?:published|updated|posted|last (?:updated|modified))\b|"
    r"(?-i:^\W*(?:[Bb]y|BY|Von|Por|Written by|Автор)\s*:?\s+[A-ZÀ-ÞА-Я])",
    re.I,
)

MAX_CONTROLS = 80
MAX_PROMPT = 300
MAX_CREDIT = 160
MAX_LABEL = 24
MAX_HEAD = 90
#: A line of so many characters is a paragraph; the head of an article ends at the second.
MIN_PARAGRAPH = 100
#: Tags of lines that may point to another page, and a pointer's weight at least.
POINTING = frozenset({"p", "div", "section", "blockquote", "h2", "h3", "h4", "h5", "h6"})
MIN_POINTER = 20


def without_asides(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks without those lines; all of them where hardly anything else would be left."""
    whole = _chars(blocks)
    if 2 * _chars([block for block in blocks if block.kind == BlockKind.CAPTION]) > whole:
        return tuple(blocks)
    paragraphs = [place for place, block in enumerate(blocks) if len(block.text) >= MIN_PARAGRAPH]
    head = paragraphs[1] if len(paragraphs) > 1 else 0
    kept = tuple(block for place, block in enumerate(blocks) if not is_aside(block, in_head=place < head))
    return kept if 2 * _chars(kept) >= whole else tuple(blocks)


def is_aside(block: Block, in_head: bool = False) -> bool:
    """Whether a line in an alphabet is a caption, a control, a prompt, a credit, a label or, above the text, a date."""
    text = block.text
    if HAN.search(text):
        return False
    size = len(text)
    return (
        block.kind == BlockKind.CAPTION
        or (size <= MAX_CONTROLS and bool(CONTROLS.fullmatch(text)))
        or (size <= MAX_PROMPT and _is_prompt(text))
        or (size <= MAX_CREDIT and bool(CREDIT.search(text)))
        or (size <= MAX_LABEL and bool(POINTER.match(text)))
        or (in_head and size <= MAX_HEAD and text[-1] != "." and bool(HEAD.search(text)))
    )


def _is_prompt(text: str) -> bool:
    folded = text.lower()
    return any(stem in folded and shape.search(text) for stem, shape in PROMPTS)


def is_pointer(node: Node) -> bool:
    """Whether a line of an article in an alphabet is a link to another page, alone or behind `Read more:`."""
    if node.blocks or node.tag not in POINTING or node.links * 5 < node.total * 2 or node.total < MIN_POINTER:
        return False
    text = " ".join(str(node.element.text_content()).split())
    if HAN.search(text) or " " not in text:
        return False
    return node.links * 20 >= node.total * 17 or bool(POINTER.match(text))


def _chars(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks)
