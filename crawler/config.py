"""Sources: from one TOML file an outlet to a frozen `Source`, or to an error that says what to change.

The keys of the file are the fields of `Source`, `CrawlPolicy` (table `[crawl]`) and `Layout` (tables `[[layout]]`).
The file is named after the outlet: `crawler/sources/jiangsu/xhby.toml` holds `name = "xhby"`.
"""

import hashlib
import json
import os
import re
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import asdict
from datetime import UTC
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipelines.model import CrawlPolicy, Layout, Shape, Source

#: Extractor modules that a source may name as its family.
FAMILIES = (
    "s_hex", "founder_paper", "founder_web", "jiaohuidian", "nfapp", "trs", "jcms", "thepaper", "people", "dede",
    "wechat", "system", "bounded",
)  # fmt: skip
#: Codes that a digital paper's start URLs are filled in with, day by day.
DATE_CODE = re.compile(r"%-?[Ymd]")

_HERE = Path(__file__).resolve().parent
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")


class ConfigError(Exception):
    """A source file cannot be used; the text names the file, the key and what to change."""


class UnknownSource(ConfigError):
    """No source file has that name."""


def load_source(path: Path) -> Source:
    """Read one source file."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not TOML: {error}") from None
    try:
        spec = _SourceSpec.model_validate(table)
    except ValidationError as error:
        raise ConfigError("\n".join(f"{path}: {line}" for line in _explain(error, table))) from None
    if spec.name != path.stem:
        raise ConfigError(f'{path}: name: is "{spec.name}", but the file is {path.name}; make them the same')
    return spec.to_source()


def sources() -> dict[str, Source]:
    """Return every source, by name."""
    found: dict[str, Path] = {}
    for path in _source_files():
        if path.stem in found:
            raise ConfigError(f"{path}: name: {found[path.stem]} has the name {path.stem} already; rename one of them")
        found[path.stem] = path
    return {name: load_source(path) for name, path in sorted(found.items())}


def chosen_sources(only: Collection[str]) -> dict[str, Source]:
    """Return the sources of these names or regions, all where none is named; UnknownSource for a name of neither."""
    found = sources()
    regions = {source.region for source in found.values()}
    for name in only:
        if name not in regions:
            find_source(name)
    return {name: source for name, source in found.items() if not only or name in only or source.region in only}


def find_source(name: str) -> Source:
    """Return one source without reading the others; UnknownSource lists names that are near."""
    files = list(_source_files())
    found = [path for path in files if path.stem == name]
    if len(found) > 1:
        raise ConfigError(f"{found[1]}: name: {found[0]} has the name {name} already; rename one of them")
    if found:
        return load_source(found[0])
    near = get_close_matches(name, [path.stem for path in files], n=3, cutoff=0.5)
    hint = f"did you mean {', '.join(near)}?" if near else "`huiliu source list` shows all of them"
    raise UnknownSource(f"there is no source {name!r}; {hint}")


def source_digest(source: Source) -> str:
    """Name what decides how this outlet's captures read: 16 hex digits over every field but `crawl` and `aliases`.

    A source without patterns of identity has the name that it had before there were any.
    """
    fields = asdict(source)
    del fields["crawl"], fields["aliases"]
    if not source.identity:
        del fields["identity"]
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def source_folders() -> tuple[Path, ...]:
    """Return where source files are looked for: our own, the demo's, and those of HUILIU_SOURCES."""
    own = (_HERE / "sources", _HERE.parent / "demo" / "sources")
    return own + tuple(Path(one) for one in os.environ.get("HUILIU_SOURCES", "").split(os.pathsep) if one)


def _source_files() -> Iterator[Path]:
    for folder in source_folders():
        yield from sorted(folder.rglob("*.toml"))


def _regex(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error} in {pattern!r}") from None
    return pattern


def _grouped(pattern: str) -> str:
    if not re.compile(pattern).groups:
        raise ValueError(f"no group in {pattern!r}; put what numbers the article in parentheses, as in /news/(\\d+)$")
    return pattern


def _css(selector: str) -> str:
    from lxml.cssselect import CSSSelector, SelectorError

    try:
        if selector:
            CSSSelector(selector, translator="html")
    except SelectorError as error:
        raise ValueError(f"not a CSS selector: {error}") from None
    return selector


def _host(host: str) -> str:
    if not _HOST.fullmatch(host):
        raise ValueError(f"{host!r} is no host name; write it in lower case, without scheme and path")
    return host


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{name!r} is no time zone; write it as in Asia/Shanghai") from None
    return name


def _cron(line: str) -> str:
    from crawler.service.schedule import read_schedule

    try:
        if line:
            read_schedule(line, UTC)
    except ValueError as error:
        raise ValueError(f"{line!r} is no crontab line: {error}") from None
    return line


def _family(family: str) -> str:
    if family and family not in FAMILIES:
        raise ValueError(f'unknown family {family!r}; one of {", ".join(FAMILIES)}, or "" for none')
    return family


_Regex = Annotated[str, AfterValidator(_regex)]
_Identity = Annotated[_Regex, AfterValidator(_grouped)]
_Css = Annotated[str, AfterValidator(_css)]
_Text = Annotated[str, Field(min_length=1)]


class _Spec(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _LayoutSpec(_Spec):
    name: _Text
    title: _Css
    body: Annotated[_Css, Field(min_length=1)]
    byline: _Css = ""
    origin: _Css = ""
    published: _Css = ""
    kicker: _Css = ""
    subtitle: _Css = ""
    editor: _Css = ""
    section: _Css = ""
    remove: tuple[_Css, ...] = ()


class _CrawlSpec(_Spec):
    shape: Shape
    start_urls: Annotated[tuple[str, ...], Field(min_length=1)]
    follow: tuple[_Regex, ...] = ()
    schedule: Annotated[str, AfterValidator(_cron)] = ""
    delay_s: Annotated[float, Field(ge=0, le=3600)] = 1.0
    concurrency: Annotated[int, Field(ge=1, le=16)] = 1
    deadline_s: Annotated[int, Field(ge=1, le=86400)] = 900
    recheck_hours: tuple[Annotated[int, Field(ge=0)], ...] = (1, 24, 168)
    items_path: str = ""
    link_path: str = ""
    next_path: str = ""
    first_page: tuple[_Regex, str] | tuple[()] = ()
    max_depth: Annotated[int, Field(ge=0, le=100)] = 3

    @model_validator(mode="after")
    def _shape_has_what_it_needs(self) -> "_CrawlSpec":
        if self.shape is Shape.JSON_API and not self.link_path:
            raise ValueError("shape json_api needs link_path: where an item of the answer holds its link")
        if self.shape is not Shape.DIGITAL_PAPER and any(DATE_CODE.search(url) for url in self.start_urls):
            raise ValueError("start_urls: only a digital_paper has date codes in its start URLs")
        return self


class _SourceSpec(_Spec):
    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]*$")]
    title: _Text
    region: _Text
    hosts: Annotated[tuple[Annotated[str, AfterValidator(_host)], ...], Field(min_length=1)]
    family: Annotated[str, AfterValidator(_family)] = ""
    layout: tuple[_LayoutSpec, ...] = ()
    article_url: tuple[_Regex, ...] = ()
    json_twin: tuple[_Regex, str] | tuple[()] = ()
    drop_params: tuple[str, ...] = ()
    identity: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")], tuple[_Identity, ...]] = {}
    aliases: tuple[_Text, ...] = ()
    timezone: Annotated[str, AfterValidator(_time_zone)] = "Asia/Shanghai"
    language: _Text = "zh"
    crawl: _CrawlSpec

    @model_validator(mode="after")
    def _parts_fit(self) -> "_SourceSpec":
        for url in self.crawl.start_urls:
            parts = urlsplit(url)
            if parts.scheme not in ("http", "https") or parts.netloc.lower() not in self.hosts:
                raise ValueError(f"crawl.start_urls: {url} is not at one of the hosts {', '.join(self.hosts)}")
        names = [layout.name for layout in self.layout]
        if len(names) != len(set(names)):
            raise ValueError("layout: two layouts have the same name; give each its own")
        return self

    def to_source(self) -> Source:
        """Return the frozen value that the rest of Huiliu works with."""
        fields: dict[str, Any] = self.model_dump(exclude={"layout", "crawl", "identity"})
        fields["identity"] = tuple(self.identity.items())
        layouts = tuple(Layout(**layout.model_dump()) for layout in self.layout)
        return Source(**fields, layouts=layouts, crawl=CrawlPolicy(**self.crawl.model_dump()))


_KEYS: dict[str, tuple[str, ...]] = {
    "": tuple(_SourceSpec.model_fields),
    "crawl": tuple(_CrawlSpec.model_fields),
    "layout": tuple(_LayoutSpec.model_fields),
}


def _explain(error: ValidationError, table: dict[str, Any]) -> Iterator[str]:
    """Turn each fault that pydantic found into `key: what is wrong; what to do`."""
    for fault in error.errors(include_url=False):
        key = ".".join(str(step) for step in fault["loc"])
        if fault["type"] == "extra_forbidden":
            yield f"{key}: unknown key; {_near_key(fault['loc'])}"
        elif fault["type"] == "missing":
            yield f"{key}: is missing; add it"
        else:
            text = fault["msg"].removeprefix("Value error, ")
            yield f"{key}: {text}" if key else text


def _near_key(where: tuple[int | str, ...]) -> str:
    """Say which key was meant, or in which table a key of that name stands."""
    table, key = (str(where[0]) if len(where) > 1 else ""), str(where[-1])
    near = get_close_matches(key, _KEYS.get(table, ()), n=1, cutoff=0.5)
    if near:
        return f"did you mean {near[0]}?"
    elsewhere = [name or "the top of the file" for name, keys in _KEYS.items() if key in keys]
    return f"it belongs to {elsewhere[0]}" if elsewhere else f"known are {', '.join(_KEYS.get(table, ()))}"
