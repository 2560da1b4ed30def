"""What is learned from an archive: pure functions from its texts to files and snapshots. The shell reads and stores."""
