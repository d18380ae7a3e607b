"""Benchmarks: ratios measured in one run against a stated peer. `python -m tests.bench --help` says how."""
