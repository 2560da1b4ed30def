"""Runners: one a peer, each in that peer's own environment, so standard library and the peer only."""
