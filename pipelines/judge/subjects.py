"""Subjects that content farms fill pages with, by the words of each that writing on anything else hardly uses.

A single word of these proves nothing: a mayor may cook, a canteen has a stove. Several different ones in a paragraph,
where the rest of the article has next to none, say that the paragraph was written for another page.
"""

import re
from collections import Counter
from itertools import chain
from operator import add

#: Two characters at least, and none that news of government, business or accidents uses often.
_WORDS = {
    "recipe": """
        焯水 焯烫 焯至 过水 血沫 浮沫 料酒 生抽 老抽 蚝油 豆瓣酱 香油 芝麻油 花椒 八角 桂皮 香叶 干辣椒 小米辣 葱段
        葱花 葱姜 姜片 姜末 蒜末 蒜瓣 蒜蓉 爆香 煸炒 煸香 翻炒 炒匀 翻匀 炒香 炒出 炒至 炒糖 糖色 冰糖 白糖 细砂糖
        食用油 油热 油温 热油 锅中 锅里 锅内 下锅 入锅 起锅 出锅 热锅 炒锅 平底锅 砂锅 蒸锅 高压锅 电饭煲 烤箱 锅盖
        盖上盖 小火 中火 大火 文火 收汁 勾芡 淀粉 水淀粉 腌制 腌10 腌半 码味 调味 适量 少许 一勺 两勺 半勺 一小勺
        汤匙 茶匙 洗净 切块 切段 切丝 切片 切丁 切末 切碎 剁碎 沥干 控干 捞出 备用 浸泡 泡发 面团 醒面 发酵粉 酵母
        揉成 揉到 擀成 擀面 剂子 面粉 低筋 高筋 蛋液 打散 打发 蛋清 蛋黄 黄油 淡奶油 搅拌 拌匀 搅匀 预热 烘烤 焖煮
        炖煮 煮开 煮沸 烧开 清水 鸡精 味精 胡椒粉 孜然 盐巴 食盐 五花肉 排骨 里脊 鸡翅 鸡腿 牛腩 虾仁 豆腐 土豆 木耳
        香菇 胡萝卜 青椒 洋葱 香菜 装盘 摆盘 撒上 淋上 软糯 酥脆 外酥里嫩 入味 鲜香 口感 焦黄 金黄
    """,
    "game": """
        玩家 新手玩家 手游 端游 网游 页游 主机版 掌机 游戏机 副本 首领 boss 连招 技能树 天赋点 暴击 闪避 弹反 硬直
        格挡 普攻 大招 必杀技 走位 输出位 坦克位 奶妈 刷怪 打怪 升级 满级 等级上限 经验值 装备 武器 护甲 铠甲 附魔
        强化 掉落 爆率 稀有 史诗级 传说级 皮肤 抽卡 卡池 保底 氪金 零氪 元宝 金币 钻石 礼包 兑换码 开服 公测 内测
        删档 阵容 英雄 法师 战士 刺客 射手 辅助 上单 打野 中单 下路 团战 推塔 开黑 段位 排位 上分 匹配 队友 存档
        读档 通关 关卡 主线 支线 剧情 任务线 开放世界 角色扮演 像素风 画风 画面 建模 帧数 帧率 光影 手感 操作性
        打击感 玩法 解谜 养成 策略类 卡牌 回合制 即时 沙盒 生存类 地图 地牢 迷宫 补丁 dlc 本作 续作 前作 这款游戏
        制作组 发行商 steam switch ps5 ps4 xbox 联机 多人模式 单人模式 难度 彩蛋 隐藏 成就 攻略 解锁 宝箱 道具 药水
        法术 魔法 召唤 骑乘 坐骑 公会 世界观 npc
    """,
    "match": """
        主场 客场 比分 破门 进球 攻入 射门 头球 点球 任意球 角球 传中 助攻 扳平 反超 领先 落后 绝杀 门将 后卫 中场
        前锋 边锋 中锋 左路 右路 禁区 越位 红牌 黄牌 补时 加时赛 上半场 下半场 半场 上半时 下半时 首节 次节 末节
        第三节 第四节 三分球 三分线 罚球 篮板 抢断 盖帽 上篮 扣篮 跳投 命中率 得分手 后场 前场 犯规 替补 首发 主帅
        主教练 少帅 球队 球员 球迷 球门 皮球 锋线 防线 联赛 积分榜 保级 降级 升级 夺冠 卫冕 赛季 本轮 常规赛 季后赛
        总决赛 半决赛 四分之一决赛 小组赛 淘汰赛 中超 英超 西甲 意甲 德甲 法甲 欧冠 亚冠 nba cba 世预赛 击败 战胜
        不敌 险胜 完胜 逆转 战平 连胜 连败 转会 租借 签约 伤停 复出 球衣 直落两盘 破发 发球局 盘点 抢七 一发 网前
        局点 赛点 拦网 扣球
    """,
    "beauty": """
        护肤 护肤品 肌肤 皮肤 毛孔 黑头 痘痘 痘印 粉刺 闭口 油皮 干皮 敏感肌 混油 混干 角质 去角质 保湿 补水 锁水
        控油 美白 提亮 淡斑 斑点 细纹 抗老 抗衰 紧致 面膜 爽肤水 化妆水 精华 精华液 乳液 面霜 眼霜 洁面 洗面奶 洗面
        卸妆 防晒霜 防晒 隔离霜 粉底 粉底液 气垫 遮瑕 散粉 定妆 眼影 眼线 睫毛膏 睫毛 腮红 高光 修容 口红 唇釉 唇膏
        唇彩 色号 显白 底妆 妆容 妆感 上妆 彩妆 发膜 护发 发质 洗发水 发尾 刘海 卷发 美甲 玻尿酸 烟酰胺 胶原蛋白
        熬夜肌 质地 清爽 滋润 不粘腻 暗沉 肤色 肤质
    """,
    "fortune": """
        星座 白羊座 金牛座 双子座 巨蟹座 狮子座 处女座 天秤座 天蝎座 射手座 摩羯座 水瓶座 双鱼座 运势 财运 桃花运
        桃花 姻缘 贵人 小人 犯太岁 本命年 属鼠 属牛 属虎 属兔 属龙 属蛇 属马 属羊 属猴 属鸡 属狗 属猪 生肖 八字 五行
        风水 命理 命格 算命 吉凶 吉时 宜忌 黄道 招财 辟邪 化解 面相 手相 塔罗 水逆 单身的 有伴的 幸运色 幸运数字
        开运 感情方面 事业方面 财运方面 旺夫 旺财 解梦 梦见
    """,
    "remedy": """
        腰腿 腰椎 颈椎 肩周炎 关节炎 风湿 骨质增生 膏药 贴剂 膏方 秘方 祖传 老中医 名医 疗程 见效 根治 治愈率 复发
        无副作用 副作用 纯中药 中草药 药方 调理 养生 补肾 壮阳 肾虚 气血 经络 排毒 湿气 祛湿 通络 活血化瘀 失眠 多梦
        便秘 三高 降压 降糖 降脂 高血压 糖尿病 前列腺 痔疮 脱发 白发 减肥 瘦身 燃脂 酵素 保健品 理疗 理疗仪 远红外
        磁疗 艾灸 足浴 泡脚 胶囊 口服液 颗粒 冲剂 临床 专家坐诊 患者福音
    """,
    "market": """
        主力合约 期货 期价 现货 收盘 开盘 盘中 早盘 午后 尾盘 涨停 跌停 收涨 收跌 涨幅 跌幅 大盘 沪指 深成指 创业板
        a股 港股 美股 个股 板块 概念股 龙头股 成交额 成交量 换手率 主力资金 北向资金 净流入 净流出 多头 空头 做多
        做空 仓位 加仓 减仓 建仓 持仓 止损 止盈 回调 反弹 震荡 支撑位 压力位 均线 k线 布林 macd 牛市 熊市 行情 走势
        每股收益 市盈率 估值 基金 净值 理财 收益率 年化 操盘 荐股 牛股 黄金 原油 美元指数 非农 加息 降息 交易日
        投资者 分析人士
    """,
    "fashion": """
        穿搭 搭配 单品 款式 版型 面料 剪裁 修身 显瘦 显高 百搭 连衣裙 半身裙 短裙 长裙 衬衫 t恤 卫衣 毛衣 针织衫
        西装 风衣 大衣 外套 牛仔裤 阔腿裤 打底裤 短裤 高跟鞋 小白鞋 帆布鞋 靴子 短靴 凉鞋 包包 手袋 配饰 耳环 项链
        手镯 腰带 帽子 墨镜 复古 优雅 气质 时髦 时尚感 潮流 街拍 红毯 造型 look 大牌 撞色 条纹 格纹 印花 蕾丝 雪纺
        春夏 秋冬 出街
    """,
    "gadget": """
        处理器 骁龙 天玑 麒麟 跑分 内存 闪存 运行内存 8gb 12gb 256gb 屏幕 屏占比 刘海屏 全面屏 曲面屏 刷新率 分辨率
        像素 摄像头 主摄 超广角 长焦 光圈 前置 后置 续航 毫安 mah 快充 充电 无线充电 指纹 面部识别 机身 边框 背板
        手感 配色 系统 安卓 ios 耳机 降噪 音质 蓝牙 显卡 主板 散热 笔记本 平板 键盘 鼠标 路由器 发烧友 性价比 首发价
        起售价 预售 拆解 评测 测评 上手 这款手机
    """,
    "car": """
        轴距 油耗 百公里 变速箱 涡轮 扭矩 马力 底盘 悬架 悬挂 内饰 中控 方向盘 座椅 后排 轮毂 前脸 尾灯 车漆 试驾
        提车 裸车 落地价 落地 顶配 低配 选装 四驱 两驱 前驱 后驱 油门 刹车 刹车片 轮胎 胎噪 隔音 机油 变速箱油
        火花塞 滤芯 首保 保养 4s店 自吸 增压 离合 换挡 挂挡 转速 怠速 起步 加速 推背感 操控 通过性 离地间隙 后备箱
        天窗 雨刷 大灯 倒车影像 定速巡航 suv 轿车 油箱 加油 92号 95号 车友 老司机 行车电脑 异响 顿挫
    """,
    "gossip": """
        粉丝 微博 网友 晒出 晒照 恋情 绯闻 分手 离婚 复合 出轨 前任 男友 女友 老公 老婆 婚礼 结婚 怀孕 产子 二胎
        小三 狗仔 爆料 曝光 热搜 综艺 真人秀 选秀 出道 偶像 爱豆 流量 小鲜肉 女神 男神 颜值 身材 造型 片酬 剧组 杀青
        开机 定档 上映 票房 主演 饰演 男主 女主 男一号 女一号 配角 导演 编剧 戏份 演技 影后 影帝 视后 金马奖 金像奖
        专辑 单曲 演唱会 巡演
    """,
    "tale": """
        她的眼 他的眼 眼眸 嘴角 勾起 冷冷 淡淡 微微一笑 轻声 低声 喃喃 咬牙 皱眉 蹙眉 心头 心中一 一愣 愣住 转身
        背影 冷笑 怒道 笑道 说道 问道 喝道 师父 师尊 师兄 师弟 师妹 弟子 宗门 掌门 长老 修炼 修为 灵气 灵力 丹药
        法宝 剑气 境界 总裁 少爷 小姐 王爷 王妃 皇上 太后 娘娘 丫鬟 公子 姑娘 侍卫 陛下 本王 本宫 穿越 重生 前世
        系统 宿主
    """,
}


def _read(words: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(set(words.split()), key=lambda w: (-len(w), w))))


_SHAPES = {name: _read(words) for name, words in _WORDS.items()}
#: The first two characters of every word, and the subjects of each that begins so.
_HEADS: dict[str, list[str]] = {}
for _name, _words in _WORDS.items():
    for _word in sorted(set(_words.split())):
        _HEADS.setdefault(_word[:2], []).append(_name)


def likely_subjects(folded: str, least: int) -> list[str]:
    """The subjects of which a text may hold at least so many different words: by how words begin, which is quick."""
    heads = _HEADS.keys() & set(map(add, folded, folded[1:]))
    held = Counter(chain.from_iterable(map(_HEADS.__getitem__, heads)))
    return [subject for subject, words in held.items() if words >= least]


def subject_words(subject: str, folded: str) -> frozenset[str]:
    """The different words of a subject that a text holds.

    >>> sorted(subject_words("recipe", "锅中放少许油，爆香后中火翻炒"))
    ['中火', '少许', '爆香', '翻炒', '锅中']
    """
    return frozenset(_SHAPES[subject].findall(folded))


def has_subject(subject: str, folded: str) -> bool:
    """Whether a text holds a word of the subject."""
    return _SHAPES[subject].search(folded) is not None
