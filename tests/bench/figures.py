"""What leads from the archive to a chart: building the warehouse, asking for the figures of a page. For the trend."""
