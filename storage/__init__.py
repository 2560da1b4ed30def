"""Postgres: the embedded server, connections, migrations, and one module of functions for a table or two.

Every function here takes a connection as its first argument and leaves the commit to its caller.
"""
