"""Which spellings of an address are one page on any site: the tables of `identity`.

What stands here holds for every outlet, so two different articles must never meet by it. Left to an outlet's own
`[identity]`, because elsewhere they would:

- a mobile host with a short number (`m.a.example/detail/123`): its numbers may count other things than the desktop's;
- a further page (`12345_2.html`): JCMS names an article `art_12345_2.html`, and dailies number what a day brought
  (`20260302_2.html`). A page that names its further pages (`parts`) is the proof; an address alone is none;
- one number under two paths or on two hosts (`/news/123.html`, `/sports/123.html`): each channel may count its own;
- `.html` beside `.shtml`, `.htm`, `.json`: sites that moved keep both, with other texts in them;
- capitals: most servers tell `/A/` from `/a/`.
"""

import re

#: Files that a server shows for their folder. With a query they may be programs: `/index.php?id=1` is not `/?id=1`.
DEFAULT_PAGES = frozenset(
    f"{name}.{extension}" for name in ("index", "default") for extension in ("html", "htm", "shtml")
)

#: First labels of the hosts that show the same site to telephones.
MOBILE_HOSTS = frozenset({"m", "wap", "mobile", "3g", "h5"})
#: What a path must hold to name one article whatever the host shows it in: an object id, a long serial number, or a day
#: with a number of five digits behind it.
UNMISTAKABLE = re.compile(
    r"(?<![0-9a-f])[0-9a-f]{24}(?![0-9a-f])|(?<![\d%])\d{15,20}(?!\d)|"
    r"(?<![\d%])20\d\d[-/]?[01]\d[-/]?[0-3]\d(?!\d).*?(?<![\d%])\d{5}"
)

#: WeChat's articles, wherever they are linked from: account, message, and place in it. All else in their query (sn,
#: chksm, scene) tells who shared them. The second names, and the second path, are those of before 2014.
WECHAT = "mp.weixin.qq.com"
WECHAT_PATHS = ("/s", "/mp/appmsg/show")
WECHAT_NAMES = (("__biz",), ("mid", "appmsgid"), ("idx", "itemidx"))
WECHAT_KEY = re.compile(r"mp\.weixin\.qq\.com [A-Za-z0-9+/=_-]+ [0-9]+ [0-9]+")
