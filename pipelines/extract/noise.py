"""Which elements of a page are no text of an article: tables of tags, class words and line forms."""

import re

#: Never text: programs, forms, players, annotations of ruby.
SKIPPED = frozenset(
    {
        "script", "style", "noscript", "iframe", "textarea", "button", "select", "option", "input", "svg", "video",
        "audio", "object", "embed", "canvas", "template", "head", "link", "meta", "map", "area", "rp", "rt",
        "datalist", "dialog", "nav", "frame", "frameset", "applet", "progress", "title",
    }
)  # fmt: skip

#: Elements that begin and end a line of text.
BLOCKS = frozenset(
    {
        "p", "div", "section", "article", "main", "li", "ul", "ol", "dl", "dt", "dd", "td", "th", "tr", "table",
        "tbody", "thead", "tfoot", "caption", "blockquote", "pre", "figure", "figcaption", "center", "h1", "h2", "h3",
        "h4", "h5", "h6", "hr", "br", "header", "footer", "aside", "form", "fieldset", "address", "details", "summary",
        "body", "html", "legend", "label", "multicol", "hgroup",
    }
)  # fmt: skip

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

#: Share bars, QR codes and print tools, by class and id. Only short ones are dropped.
SHARE = re.compile(
    r"bdshare|bshare|jiathis|addthis|addtoany|sharedaddy|a2a_kit|qrcode|erweima|fontsize|font-size|"
    r"(?:^|[\s_-])(?:social|share|sharing|sharebar|sharebox|sharelist|toolbar|tool-bar|breadcrumbs?|crumbs?)(?:$|[\s_-])|"
    r"social-?(?:share|links|media|icons|bar)|share-?(?:bar|box|button|btn|links|tools|list|wrap|icons)",
    re.I,
)
#: What stands beside or under an article, by class and id in lower case; dropped only outside known containers.
BESIDE = re.compile(
    r"(?:^|[\s_-])(?:comments?|respond|reply|replies|disqus|livefyre|discussion|relate[ds]?|relatedposts?|xgyd|xgwz|"
    r"recommend(?:ed|ation|ations)?|tuijian|hotnews|hot-?list|rank(?:ing)?|sidebar|side-?bar|aside|rail|footer|foot|"
    r"copyright|banquan|shengming|declare|disclaimer|newsletter|subscribe|signup|sign-up|promo|promos|advert\w*|ads?|"
    r"adsense|sponsor(?:ed)?|outbrain|taboola|popular|trending|most-?(?:read|viewed|popular)|more-?(?:news|stories|from|"
    r"articles|posts|on)|read-?(?:more|next|also)|see-?also|also-?(?:read|like)|you-?may|"
    r"pagination|pager|pagelist|page-?nav|navbar|navigation|nav|menu|masthead|cookie|consent|popup|modal|prev-?next|"
    r"next-?prev|prenext|dede_pages|zdfy|skip-?link|jumplinks?|breaking-?news|teasers?|slider|carousel)(?:$|[\s_-])|"
    r"related-?(?:posts|articles|news|stories|links|content|reading|topics)|relatedarticles|recirc|comment-?(?:list|box|"
    r"area|form|wrap|section|rules)|commentlist|commentbox|pinglun|xiangguan|(?:left|right|side)-?(?:rail|column|col|bar)$|"
    r"newsletter|outbrain|taboola|(?:^|[\s_-])ad[-_](?:slot|unit|container|wrapper|box|block)|recommendlist|hotnews"
)
#: What belongs to an article's frame: small where it is what it says, and otherwise the article itself.
FRAME = re.compile(
    r"(?:^|[\s_-])(?:author-?(?:bio|box|info|card|about)|about-?author|bio|byline|tags?|taglist|tag-?list|keywords?|"
    r"overlay|login|widget|meta-?(?:info|bar)|post-?meta|entry-?meta|credits?|screen-reader-text|sr-only|"
    r"visually-?hidden|visuallyhidden|a11y|toc|hidden)(?:$|[\s_-])"
)
#: Never an article, whatever its share.
NEVER = re.compile(
    r"cookie-?(?:law|consent|notice|banner|bar|policy)|onetrust|gdpr|cli-modal|consent-?(?:banner|modal)"
)
COMMENTS = re.compile(r"(?:^|[\s_-])(?:comments?|respond|disqus|livefyre|replies)(?:$|[\s_-])|comment-?list|pinglun")
CAPTION = re.compile(
    r"caption|pictext|pic-?(?:desc|info|txt|note|tit)|img-?(?:desc|info|txt|note|tit)|photo-?(?:desc|credit|info)|"
    r"image-?(?:desc|credit|info)|tuzhu|figure-?(?:text|desc)|pgc-img-caption",
    re.I,
)

#: A line of page-turning links and nothing else.
PAGER_LINE = re.compile(
    r"(?:上一?页|下一?页|前一?页|后一?页|首\s?页|尾页|末页|全文阅读|阅读全文|余下全文|查看全文|在本页阅读全文|显示全部|"
    r"共\s*\d+\s*页\s*[:：]?|第\s*\d+\s*页|分页[:：]?|\d{1,3}|[<>«»‹›|/\[\]()【】.…\s]|next|prev(?:ious)?|page)+",
    re.I,
)
PAGER_WORD = re.compile(r"页|全文|next|prev", re.I)

#: A line under a picture that says so.
CAPTION_LINE = re.compile(
    r"^(?:[▲△▼↑↓]|图[为:：]|(?:资料|示意|配|题)图|图片来源|图源|图/|图／|摄影[:：/]|photo\b|image\b|credit\b)|"
    r"(?:摄|供图|摄影|图片|资料图|制图|图源[^。]{0,12}|圖)[)）】/]?[。.]?$",
    re.I,
)
HIDDEN = re.compile(r"display\s*:\s*none", re.I)
CENTRED = re.compile(r"text-align\s*:\s*center", re.I)
SMALL = re.compile(
    r"font-size\s*:\s*(?:(?:[1-9]|1[0-3])(?:\.\d+)?px|(?:[1-9]|10)(?:\.\d+)?pt|(?:x-)?small|0?\.\d+r?em)", re.I
)
