"""Which picture a caption belongs to, and what is no text of an article although it stands in it."""

from datetime import UTC, datetime

import pytest

from pipelines.extract.blocks import read_blocks
from pipelines.extract.pictures import absolute_images
from pipelines.model import Block, BlockKind, Capture, Role
from pipelines.page import parse, read_page

A = "柳溪县古桥修缮工程十二日完工，这座始建于清代的三孔石桥重新向行人开放，两岸居民不必再绕行两公里。"

#: label: (markup, the pictures of its captions in order)
CAPTIONS = {
    "figure": ("<figure><img src=1.jpg><figcaption>桥头</figcaption></figure>", ["1.jpg"]),
    "caption above its picture": ("<figure><figcaption>桥头</figcaption><img src=1.jpg></figure>", ["1.jpg"]),
    "figures side by side": (
        "<figure><img src=1.jpg><figcaption>桥头</figcaption></figure>"
        "<figure><figcaption>桥尾</figcaption><img src=2.jpg></figure>",
        ["1.jpg", "2.jpg"],
    ),
    "figure without a picture": (
        "<p><img src=1.jpg></p><figure><video src=a></video><figcaption>短片</figcaption></figure>",
        [""],
    ),
    "centred line": ("<p><img src=1.jpg></p><p align=center>桥头</p>", ["1.jpg"]),
    "small print": ("<center><img src=1.jpg></center><p><font size=2>桥头</font></p>", ["1.jpg"]),
    "picture at the end of a paragraph": (f"<p>{A}<img src=1.jpg></p><p align=center>桥头</p>", ["1.jpg"]),
    "two captions of one picture": (
        "<p><img src=1.jpg></p><p class=pic-desc>桥头</p><p class=pic-info>甲某 摄</p>",
        ["1.jpg", "1.jpg"],
    ),
    "text between": (f"<p><img src=1.jpg></p><p>{A}</p><p class=pic-desc>桥头</p>", [""]),
    "icon inside a line": (f"<p><img src=icon.gif>{A}</p><p class=pic-desc>桥头</p>", [""]),
    "lazy": ("<p><img src=loading.gif data-src=1.jpg></p><p align=center>桥头</p>", ["1.jpg"]),
    "data address": (
        "<p><img src='data:image/gif;base64,AA' data-original=1.jpg></p><p align=center>桥头</p>",
        ["1.jpg"],
    ),
    "only the editor's file": ("<p><img oldsrc=W01.jpg></p><p align=center>桥头</p>", ["W01.jpg"]),
    "zoomed": ("<p><img src=none.gif zoomfile=1.jpg></p><p align=center>桥头</p>", ["1.jpg"]),
    "no address": ("<p><img src=0.jpg></p><p><img></p><p align=center>桥头</p>", [""]),
}


@pytest.mark.parametrize("label", CAPTIONS)
def test_a_caption_has_its_picture(label: str) -> None:
    markup, expected = CAPTIONS[label]
    blocks = read_blocks(parse(f"<div>{markup}<p>{A}</p></div>"))
    assert [block.image for block in blocks if block.kind == BlockKind.CAPTION] == expected
    assert [block.image for block in blocks if block.kind != BlockKind.CAPTION and block.image] == []


#: (the picture as the page names it, the page's base, its URL)
ADDRESSES = [
    ("./W01.jpg", "", "http://news.liuxi.example/sy/202603/W01.jpg"),
    ("../../res/1.jpg", "", "http://news.liuxi.example/res/1.jpg"),
    ("//img.liuxi.example/1.jpg", "", "http://img.liuxi.example/1.jpg"),
    ("1.jpg", "/static/", "http://news.liuxi.example/static/1.jpg"),
    ("https://img.liuxi.example/1.jpg?w=6", "/static/", "https://img.liuxi.example/1.jpg?w=6"),
    ("file:///C:/1.jpg", "", ""),
    ("http://[1.jpg", "", ""),
]


@pytest.mark.parametrize(("image", "base", "url"), ADDRESSES)
def test_a_picture_has_a_whole_address(image: str, base: str, url: str) -> None:
    page = read_page(
        Capture(
            outlet="sample",
            url="http://news.liuxi.example/sy/202603/t1.html",
            final_url="",
            fetched_at=datetime(2026, 11, 22, tzinfo=UTC),
            status=200,
            headers=(("Content-Type", "text/html; charset=utf-8"),),
            body=(f'<base href="{base}">' * bool(base) + "<p>x").encode(),
            digest=b"",
            role=Role.ARTICLE,
        )
    )
    block = Block(text="桥头", kind=BlockKind.CAPTION, image=image)
    assert [found.image for found in absolute_images((block, Block(text=A)), page)] == [url, ""]


#: label: (markup, the texts that stay)
HYGIENE = {
    "style sheet as text": ("<p>.TRS_Editor P{margin:0} .TRS_Editor TD {line-height:1.5;}</p>", []),
    "style sheet in an element": ("<style>.a{b:c}</style><div><style>p{d:e}</style></div>", []),
    "end of a property comment": ("<p>/enpproperty--&gt;</p><p>--&gt;</p>", []),
    "values before that end": (f"<p>5512 2014-03-12 00:00:00.0 古桥完工 /enpproperty--&gt;{A}</p>", [A]),
    "a text before that end": (f"<p>{A}/enpproperty--&gt;</p>", [A]),
    "braces in a text": ("<p>公式{a:b}成立</p>", ["公式{a:b}成立"]),
    "an arrow": ("<p>--&gt; 详见第二版</p>", ["--> 详见第二版"]),
}


@pytest.mark.parametrize("label", HYGIENE)
def test_what_programs_left_in_a_text(label: str) -> None:
    markup, expected = HYGIENE[label]
    assert [block.text for block in read_blocks(parse(f"<div>{markup}</div>"))] == expected


def test_many_style_rules_are_told_in_time() -> None:
    text = "p {a: b} " * 400 + "!"
    assert [block.text for block in read_blocks(parse(f"<div>{text}</div>"))] == [text]
