"""The outside: command line, HTTP API and page, over one query language and one set of renderings."""
