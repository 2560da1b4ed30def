"""The shell around the pure pipelines: everything that touches the network, the clock, processes and the user."""
