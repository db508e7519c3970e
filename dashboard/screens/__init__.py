"""One file per screen, read top-down: question, selection, ask the board, draw, footnote."""
