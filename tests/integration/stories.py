"""Texts for tests of copies: two stories that have nothing in common, and what becomes of them. All invented."""

from collections.abc import Sequence

Story = Sequence[str]

METRO = (
    "清水市地铁2号线昨天试运行，首班列车早上6点从江湾站驶出，沿途停靠14个车站，全程用时31分钟。",
    "市民林晚带着女儿赶来乘坐首班车，她说以前从城南到江湾要换乘两次公交，现在一趟车就能到达，节省了不少时间。",
    "据清水市轨道交通公司介绍，2号线全长23公里，总投资146亿元，沿线连接了3个大型居住区和2所医院。",
    "为了方便老年乘客，每个车站都设置了无障碍电梯，站台还增加了座椅，工作人员会主动帮助行动不便的乘客上车。",
    "该公司负责人表示，试运行期间将继续检查设备，完善服务，计划在明年春天之前开通全部出口，并延长夜间运营时间。",
    "清水市还在规划3号线，预计将把东山开发区同火车站连接起来，目前正在开展勘察工作。",
)
FLOOD = (
    "连日降雨让沿江三个乡镇的水位明显上涨，渡口昨晚全部停航，防汛人员冒雨在堤上巡查到天亮。",
    "东山县水利局说，江堤目前安全，低洼地带的四百多户居民已经转移到附近学校，食堂连夜做好了热饭。",
    "村民何大川驾着自家小船，把两位行动不便的老人接了出来，他说这样大的水，上一回还是小时候见过。",
    "气象台预计后天雨势减弱，县里的临时物资仓库里还备有帐篷、棉被和药品，志愿者轮班看守。",
)
#: Under forty characters: everybody prints it.
SHORT = ("今天白天晴，最高气温12度，东风三级。",)

#: Word by word, as rewording machines exchange them; names and numbers stay.
SYNONYMS = (
    ("昨天", "日前"), ("首班列车", "头班列车"), ("沿途", "一路"), ("全程用时", "全程耗时"), ("市民", "居民"),
    ("赶来", "赶到"), ("以前", "从前"), ("到达", "抵达"), ("节省", "省下"), ("不少", "许多"), ("介绍", "透露"),
    ("连接", "串联"), ("大型", "大规模"), ("方便", "便利"), ("设置", "安装"), ("增加", "添加"), ("主动", "积极"),
    ("帮助", "协助"), ("负责人", "有关人士"), ("表示", "指出"), ("继续", "持续"), ("检查", "检验"), ("完善", "改进"),
    ("计划", "打算"), ("开通", "启用"), ("延长", "拉长"), ("规划", "筹划"), ("目前", "当前"), ("开展", "进行"),
)  # fmt: skip


def spun(story: Story) -> Story:
    """The story with its words exchanged (伪原创)."""
    lines = list(story)
    for word, other in SYNONYMS:
        lines = [line.replace(word, other) for line in lines]
    return lines


def roundup(*stories: Story) -> Story:
    """Stories between news that stand in no other."""
    before = "本周要闻：菜市场改造完工，二百多个摊位迁回，摊主们说新棚子亮堂，雨天也不再漏水，买菜的人多了。"
    after = (
        "另据消息，城北图书馆周末办了一场旧书集市，孩子们拿自己读过的画册换来别人的，三个"
        "小时换出一千多册，馆长说入冬以前还要再办两场，连同修补旧书的摊子一起摆到湖边去。"
    )
    return [before, *(line for story in stories for line in story), after]
