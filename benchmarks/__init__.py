"""Figures of speed and size, each beside the bare thing it is compared with. `make bench` runs them all."""
