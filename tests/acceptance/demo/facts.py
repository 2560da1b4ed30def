"""What the demo site holds on its two days.

The yardstick is `demo.site.truth`, which is made from the articles and not from what the program reads.
"""

from demo.site import truth
from demo.truth import FARM

BEFORE, AFTER = truth(1), truth(2)
ARTICLES = {url: fact for url, fact in AFTER.items() if fact.paragraphs}
HONEST = {url: fact for url, fact in ARTICLES.items() if fact.outlet != FARM}
COPIES = {url: fact for url, fact in ARTICLES.items() if fact.outlet == FARM}
EDITED = [url for url in HONEST if url in BEFORE and BEFORE[url] != AFTER[url]]
ADDED = [url for url in HONEST if url not in BEFORE]
