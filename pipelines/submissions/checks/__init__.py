"""What is checked in and between sheets, and against what is stored."""
