"""What a file is before it is a workbook: kinds, zip and its XML, old containers, passwords, parts."""
