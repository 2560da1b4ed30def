"""The shell around the pure pipelines: everything that touches the network, the clock, processes and the user."""

import os

# The judge multiplies small matrices: threads would cost fifty times the product, in every reader.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
