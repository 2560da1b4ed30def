"""Measuring: `make bench`. Quality on data that is not part of the repository, speed side by side with peers."""
