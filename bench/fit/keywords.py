"""Made-up keywords to fit the keyword rule with: names drawn at random, then words of trade and of search."""

import random
from collections.abc import Sequence

#: Characters and syllables that such names are made of; the names themselves are drawn at random.
HANZI = (
    "九乐鱼博发亚利华赢彩宝金银鼎盛天万星云爱必威凯皇冠海洋蓝米欧新澳门京豪龙虎凤凰腾飞泰鑫富贵胜雷火"
    "环球速问和记永永信优德大众三六八多半岛杏耀恒聚"
)
LATIN = (
    "bet", "ag", "pg", "ob", "w88", "vn", "kok", "yabo", "lucky", "win", "m9", "bob", "cmd", "hth", "jdb", "v8",
    "sky", "leyu", "fun88", "tyc",
)  # fmt: skip
LETTERS = "abcdeghijklmnopstuvwxyz"
#: Names that are ordinary words: a cup, a season, a place with what is played there.
HEADS = (
    "世界", "亚洲", "欧洲", "美洲", "全国", "国际", "北京", "上海", "香港", "澳大利亚", "巴黎", "东京", "冬季",
    "春季", "皇家", "黄金",
)  # fmt: skip
TAILS = (
    "杯", "赛", "乐园", "城", "之星", "家园", "联盟", "时代", "天地", "帝国", "大师", "人家", "传奇",
)  # fmt: skip
#: By line of business: what it is called, and how often it is drawn.
TRADES = {
    "sport": (9, (
    "体育", "体育", "体育", "体育", "买球", "足球", "电竞", "比分", "竞彩", "足彩",
    )),
    "tables": (6, (
    "真人", "棋牌", "娱乐", "娱乐", "娱乐城", "百家乐", "老虎机", "捕鱼", "牛牛", "德州扑克", "斗地主", "麻将",
    "旗舰厅", "电玩城", "国际",
    )),
    "draws": (5, (
    "彩票", "彩", "快三", "时时彩", "飞艇", "赛车pk10", "彩乐园", "分分彩", "六合彩", "彩网",
    )),
    "games": (3, (
    "游戏", "手游", "私服", "外挂", "传奇", "变态版", "脚本", "辅助", "页游",
    )),
    "loans": (2, (
    "网贷", "贷款", "借款", "小额贷", "口子", "配资", "套现", "虚拟币", "交易所", "钱包", "usdt",
    )),
    "papers": (1, (
    "代开发票", "发票", "办证", "毕业证", "文凭", "代写", "代考", "刻章",
    )),
    "goods": (1, (
    "减肥药", "壮阳", "祛斑", "丰胸", "伟哥", "植发", "增高", "迷药",
    )),
    "flesh": (2, (
    "影院", "影视", "成人视频", "视频", "漫画", "小说", "约炮", "同城", "无码", "福利",
    )),
    "clicks": (1, (
    "seo", "快排", "外链", "蜘蛛池", "刷粉", "涨粉", "代刷", "站群",
    )),
}  # fmt: skip
#: By what is asked: the site, a way in, the program, or a question.
SEARCHES = {
    "site": (
    "官网", "官网", "官方网站", "(中国)官方网站", "官网首页", "网址", "首页", "全站", "最新地址", "最新网址",
    "网址大全", "备用网址", "备用线路", "线路检测", "导航", "永久地址", "-官网", "官方直营", "全网最高",
    ),
    "door": (
    "登录", "登录", "登录入口", "入口", "官网入口", "官网登录", "注册", "平台注册", "开户", "平台登录",
    "平台登录网址", "会员登录", "用户登录", "邀请码", "进不去", "打不开", "登入", "代理", "官方入口",
    ),
    "program": (
    "app", "app下载", "下载", "软件下载", "官网下载", "手机版", "手机版下载", "网页版", "网页版登录", "最新版",
    "客户端", "全站app", "官方版", "安卓版下载", "电脑版", "娱乐平台", "平台", "综合app", "苹果版", "官方正版",
    "app安装", "免费版", "破解版", "下载安装", "ios下载", "在线", "游戏",
    ),
    "question": (
    "靠谱吗", "靠谱不", "平台怎么样", "怎么样", "可以提现", "可以提现吗", "怎么玩", "哪个好", "哪家好", "多少钱",
    "是真的吗", "合法吗", "推荐", "排行榜", "走势图", "开奖结果", "在线试玩", "投注平台", "提现", "彩金",
    "客服电话", "联系方式", "教程", "攻略", "玩法", "必赚方案", "在线观看", "免费观看", "高清", "怎么办理",
    ),
}  # fmt: skip


class Maker:
    """Draws keywords; families that are held out are never drawn."""

    def __init__(self, words: Sequence[str], rng: random.Random, without: frozenset[str] = frozenset()) -> None:
        self.words, self.rng = words, rng
        self.trades = [trades for name, trades in TRADES.items() if name not in without]
        self.searches = [word for name, words in SEARCHES.items() if name not in without for word in words]

    def keyword(self) -> str:
        """A brand, mostly a word of its trade, mostly one of what is searched with it."""
        rng = self.rng
        _, trades = rng.choices(self.trades, [weight for weight, _ in self.trades])[0]
        trade = rng.choice(trades) if rng.random() < 0.65 else ""
        search = rng.choice(self.searches) if rng.random() < 0.85 or not trade else ""
        if rng.random() < 0.1:
            return rng.choice(HEADS) * (rng.random() < 0.7) + rng.choice(trades) + rng.choice(self.searches)
        return self.brand() + trade + search

    def brand(self) -> str:
        """A made-up brand, or any word at all: such sites also take the names of places, cups and games."""
        rng = self.rng
        latin, word = rng.choice(LATIN), rng.choice(self.words)
        if rng.random() < 0.5:
            latin = "".join(rng.sample(LETTERS, rng.choice((2, 3, 4, 5)))) + rng.choice(("", "", "8", "88", "6"))
        name = "".join(rng.sample(HANZI, rng.choice((2, 2, 2, 3, 3, 4))))
        event = rng.choice(HEADS) + rng.choice(TAILS)
        return rng.choice((name, name, name, word, word, event, latin, name + latin, latin + name, word + latin))
