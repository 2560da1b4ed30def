"""The section of its site that an article stands in, from breadcrumbs and metas as sites write them."""

from datetime import UTC, datetime

import pytest

from pipelines.extract import extract
from pipelines.extract.anywhere import GENERIC_SOURCE
from pipelines.model import Capture, Role
from pipelines.page import read_page

A = "柳溪县古桥修缮工程十二日完工，这座始建于清代的三孔石桥重新向行人开放，两岸居民不必再绕行两公里。"
B = "县文物保护中心负责人何青禾介绍，修缮用了九个月，替换条石一百一十六块，桥面原有的车辙全部保留。"

#: markup over the article: the section
CRUMBS = {
    "<div class=place>当前位置：<a href=/>首页</a> &gt; 新闻 &gt; <a href=/y/>要闻</a> 正文</div>": "要闻",
    "<p>您的位置: <a href=/>首页</a> - <a href=/y/>县域</a> - 柳溪三孔石桥修缮完工</p>": "县域",
    "<td>您现在的位置：首页 &gt;&gt; 社会新闻 &gt;&gt; 正文</td>": "社会新闻",
    "<div><strong>您当前的位置 ：</strong><a href=/>柳溪网</a> &gt; <a href=/sh/>社会</a></div>": "社会",
    "<table><tr><td>所在位置：首页 » 文旅<td><a href=/c>我要评论</a></table>": "文旅",
    "<ol class=breadcrumb><li><a href=/>首页</a><li><a href=/ly/>文旅</a><li>柳溪三孔石桥修缮完工</ol>": "文旅",
    "<div class=path><a href=/>首页</a>/<a href=/k/>科教</a></div>": "科教",
    '<meta name="ColumnName" content="要闻"><div class=place>当前位置：首页 &gt; 社会</div>': "要闻",
    '<meta property="article:section" content="财经">': "财经",
    "<div class=crumb><a href=/>首页</a> &gt; 正文</div>": "",
    "<p>救援队到达时，被困人员的位置在桥洞以南。</p>": "",
    "<script>var s = '当前位置：首页 > 要闻';</script>": "",
    "<div></div>": "",
}


@pytest.mark.parametrize("markup", CRUMBS)
def test_section(markup: str) -> None:
    title = "柳溪三孔石桥修缮完工"
    html = f"<title>{title}_柳溪网</title>{markup}<h1>{title}</h1><div><p>{A}</p><p>{B}</p></div>"
    page = read_page(
        Capture(
            outlet="sample",
            url="http://www.liuxi.example/a/1.html",
            final_url="",
            fetched_at=datetime(2026, 11, 22, tzinfo=UTC),
            status=200,
            headers=(("Content-Type", "text/html; charset=utf-8"),),
            body=html.encode(),
            digest=b"",
            role=Role.ARTICLE,
        )
    )
    assert extract([page], GENERIC_SOURCE).section == CRUMBS[markup]
