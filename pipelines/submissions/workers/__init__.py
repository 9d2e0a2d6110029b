"""Reading and copying in processes with limits."""
