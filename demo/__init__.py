"""The loopback news site that `make run` and the tests crawl: six outlets in the layouts of real ones, words our own.

content/ holds the articles as data, layouts/ turns articles into the bytes of a CMS family, farm.py makes a content
farm's copies of them, site.py says what each URL answers, truth.py what a reader of each URL ought to find, server.py
speaks HTTP.
"""
