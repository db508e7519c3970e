"""Bytes out: each function takes frames with display headers and gives a file's content."""
