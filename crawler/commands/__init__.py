"""The subcommands of `huiliu`: one module a group."""
