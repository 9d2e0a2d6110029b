"""What every page is made of: its head and filters, questions to the reading door, panels with their evidence, tables, files, paper."""
