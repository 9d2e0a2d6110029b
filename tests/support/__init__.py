"""What tests make: pages opened, workbooks, data folders, second counts."""

from pipelines.records.actor import Actor

TESTER = Actor("kiểm thử", "all")  # who hands in and decides where a test does not say who
