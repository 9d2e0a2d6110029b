"""The workbook that is handed out."""
