"""The workbook that comes back: wrong cells marked, a first sheet that lists them, everything else as it was."""
