"""The monthly report: its text, tables and charts as values, made from the same answers as the screens."""
