"""How fast, how small: `python -m tests.benchmarks` measures, judges against the limits and writes RESULTS.md.

Times are compared as ratios to what the same machine does in the same minutes, because it may have other work. Every
measurement runs in a process of its own, so that neither imports nor memory of one count for another.
"""
