"""What every page is made of: its head and filters, queries, panels with their evidence, tables, files, print."""
