"""The words of refusals: tables for `refuse`."""

import re

_LEAD = (
    r"(?:(?:非常|很|十分)?(?:抱歉|遗憾|对不起|不好意思)|sorry|oops|哎呀|啊哦|噢|提示(?:信息)?|错误|"
    r"温馨提示)?[\s,，!！:：。~～]*"
)
_WHAT = (
    r"(?:您|你)?(?:所|要|正在|想)*(?:访问|查看|请求|浏览|查找|寻找|打开|阅读|找|看)?的?(?:这个|该|此|当前|本)?"
    r"(?:页面|网页|页|文章|内容|信息|稿件|新闻|资源|链接|地址|网址|文件|帖子|资讯|数据|栏目|作品|URL)"
)
_GONE = (
    r"(?:可能|或许|似乎)?(?:已经?|暂时|暂|并)?(?:不存在(?:或[^。]{1,20})?|未找到|没有找到|找不到了?|不见了|"
    r"无法找到|走丢了|丢失了?|"
    r"被?(?:作者|管理员|发布者|原作者)?(?:删除|下线|下架|移除|撤回|撤稿|过期|失效)(?:或[^。]{1,16})?了?|飞走了|"
    r"去火星了|无法访问|无法显示)"
)
_END = r"[\s!！。.~～…]*"
_CODE = (
    r"(?:(?:HTTP|错误|error|status|code)?[\s:：]*404[\s:：,，|_-]*(?:错误|error|页面?|page|出错了?|"
    r"提示)*[\s:：,，!！_-]*)"
)

MISSING = (
    rf"{_LEAD}{_CODE}?{_LEAD}{_WHAT}{_GONE}{_END}|{_LEAD}(?:找不到|没有找到|未找到|无法找到)(?:了)?{_WHAT}?了?{_END}|"
    rf"{_CODE}(?:not found|页面?(?:没有|未)找到|file not found)?{_END}|"
    r"(?:the )?(?:requested )?(?:page|article|file|url|content)?\s*(?:was |is |can ?not be |"
    r"could not be )?not (?:be )?found[.! ]*"
    r"(?:on this server[.]?)?|page (?:does not|doesn't) exist[.! ]*|object not found[.! ]*|"
    r"(?:已删除或过期的稿件|稿件已(?:删除|过期|撤回)|该内容已被发布者删除|此内容因违规无法查看|"
    r"该公众号已(?:迁移|注销)|资源不存在)"
)
BLOCK = (
    r"(?:403[\s:：_-]*)?(?:forbidden|禁止访问|拒绝访问|访问被拒绝|访问被阻断|访问被拦截|访问受限|无权访问|"
    r"没有权限访问?)[\s!！。.]*|"
    r"access (?:to this page )?(?:has been |is |was )?denied[.! ]*|(?:error\s*)?40[35][\s:：_-]*(?:forbidden|"
    r"error|not allowed)?|"
    r"(?:请求|访问)(?:已)?被(?:网站)?(?:防火墙|拦截|阻断|拒绝)[\s!！。.]*|网站(?:访问)?(?:防火墙|安全狗|"
    r"云防护)(?:提示|拦截)?|"
    r"(?:web应用防火墙|waf|安全狗|创宇盾|云防护|宝塔网站?防火墙|nginx防火墙|长亭雷池|safeline)(?:拦截|提示|"
    r"阻断)?(?:页面|提示)?|"
    r"attention required!?(?: ?\| ?cloudflare)?|just a moment\.*|(?:sorry, )?you have been blocked[.! ]*|"
    r"request (?:rejected|blocked)[.! ]*|"
    r"(?:系统|网站|站点|服务器?|平台)(?:正在)?(?:升级)?(?:维护|升级)(?:中|升级中?)?[\s!！。.…]*|"
    r"(?:site )?(?:under|down for) maintenance[.! ]*|"
    r"(?:50[0234][\s:：_-]*)?(?:bad gateway|service (?:temporarily )?unavailable|gateway time-?out|"
    r"internal server error)[.! ]*|"
    r"网站(?:已)?(?:暂停|停止)(?:服务|访问)[\s!！。.]*|网站建设中[\s!！。.]*|域名(?:已)?(?:停用|过期|未备案)|"
    r"未备案(?:提示)?"
)
CAPTCHA = (
    r"(?:百度|系统|网站|访问|滑动|滑块|安全|人机|身份|图形|在线|智能)?(?:安全|人机|访问|行为)?(?:验证码?|"
    r"校验)(?:中心|页面?|中)?[\s!！。.…]*|"
    r"请(?:输入|完成|进行|通过)(?:下方|以下|图中|图片中的?|安全|人机|滑动|滑块)*(?:验证码?|"
    r"校验)(?:后继续访问)?[\s!！。.]*|"
    r"(?:security|robot|human|bot) (?:check|verification|challenge)|"
    r"(?:please )?verify (?:that )?you are (?:a )?human[.! ]*|"
    r"(?:are you|you are not) a robot\??|captcha|one more step|验证您?是?(?:真人|人类)"
)

#: (fault, pattern that a whole title or heading must match).
TITLES = tuple(
    (fault, re.compile(pattern, re.I))
    for fault, pattern in (("captcha", CAPTCHA), ("missing", MISSING), ("block", BLOCK))
)

#: (fault, pattern that a line of the page matches).
LINES = (
    (
        "captcha",
        re.compile(
            r"(?:请|需要?|须)(?:您|你)?(?:先)?(?:输入|完成|进行|通过|拖动|按住|点击|滑动)[^。]{0,16}(?:验证码|"
            r"验证|滑块)[^。]{0,16}(?:继续|访问|操作|拼图|以确认|浏览)|"
            r"(?:拖动|按住|向右滑动)(?:下方|左边|右边)?滑块|访问(?:过于|太)频繁[^。]{0,24}(?:验证|稍后)|"
            r"检测到(?:您的?)?(?:访问|网络|环境)?(?:存在)?异常[^。]{0,24}验证|"
            r"(?:confirm|verify|prove)(?: that)? you(?:'re| are) (?:not a robot|(?:a )?human)|"
            r"unusual traffic from your",
            re.I,
        ),
    ),
    (
        "block",
        re.compile(
            r"(?:您|你)的?(?:访问|请求|IP)[^。]{0,24}(?:被(?:阻断|拦截|拒绝|禁止|屏蔽|封禁)|(?:带有|含有)不合法|"
            r"(?:疑似|可能)[^。]{0,12}攻击)|"
            r"当前访问疑似(?:黑客)?攻击|URL有可能对网站造成安全威胁|(?:请求|访问)(?:中)?(?:带有|"
            r"包含)不合法(?:的)?参数|已被网站管理员设置(?:为)?拦截|"
            r"^(?:access denied|403 forbidden|you have been blocked)|checking your browser before|"
            r"(?:please )?enable javascript and cookies to continue|"
            r"^(?:抱歉[,，]?)?(?:系统|网站|站点|服务器|平台)(?:正在)?(?:升级)?(?:维护|升级)(?:中|"
            r"升级)?[,，!！。]?(?:请|给您|敬请|暂)?.{0,24}$|"
            r"incapsula incident id|request unsuccessful\.",
            re.I,
        ),
    ),
    ("missing", re.compile(rf"^\s*(?:{MISSING})\s*$", re.I)),
    ("missing", re.compile(rf"^{_LEAD}{_CODE}?{_LEAD}{_WHAT}{_GONE}[\s,，。!！]", re.I)),
)

#: (fault, what the markup or scripts of a challenge hold).
SCRIPTS = (
    (
        "block",
        re.compile(
            r"acw_sc__v[23]|__jsl_clearance|_waf_|aliyun_waf|waf_nc|/_guard/|cf-browser-verification|cf_chl_|"
            r"challenge-platform|"
            r"incapsula|distil_r_|safeline|yunsuo_session|security_session_verify|please enable javascript|"
            r"(?:开启|启用|打开)(?:浏览器)?的?\s*javascript",
            re.I,
        ),
    ),
    (
        "captcha",
        re.compile(
            r"TencentCaptcha|nocaptcha|geetest|initGeetest|g-recaptcha|h-captcha|hcaptcha|captcha\.(?:js|php|"
            r"html)|/captcha/|"
            r"vaptcha|punish-component|sufei|slider-?captcha",
            re.I,
        ),
    ),
)
