"""Scrapy's commands that Huiliu replaces (setting COMMANDS_MODULE)."""
