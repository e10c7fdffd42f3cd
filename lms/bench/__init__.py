"""Measures the workloads that `docs/bench.md` defines, on an installation of its own that is thrown away."""
