"""From a sheet to rows: headers, what is data and what is none, the sheets of a workbook together."""
