"""`make bench`: speed and memory on the machine at hand, as ratios within one run.

Figures are printed, never asserted in tests.
"""
